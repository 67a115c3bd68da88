import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

const TEXTS: Readonly<Record<string, (file: string) => MessageDescriptor>> = {
  picture: (file) => msg`A picture, not a list of products: ${file}`,
  pdf: (file) => msg`A PDF, not a list of products: ${file}`,
  archive: (file) => msg`An archive that has to be unpacked first: ${file}`,
  document: (file) => msg`A text document, not a table: ${file}`,
  web_page: (file) => msg`A web page; save it as an Excel workbook first: ${file}`,
  other_xml: (file) => msg`An XML file, but not one of 1C: ${file}`,
  other_commerceml: (file) => msg`A file of 1C without products: ${file}`,
  entities: (file) => msg`An XML file with entities of its own, which are not read: ${file}`,
  shop_feed: (file) => msg`A price list for a market place; export a table with the stock instead: ${file}`,
  xml_table: (file) => msg`An Excel 2003 table in XML; save it as an Excel workbook first: ${file}`,
  news_feed: (file) => msg`A news feed, not a list of products: ${file}`,
  other_exchange: (file) => msg`An exchange between two databases of 1C; export the catalogue for a site instead: ${file}`,
  orders: (file) => msg`Orders of 1C, not a catalogue: ${file}`,
  order_list: (file) => msg`A list of orders, not of products: ${file}`,
  truncated_database: (file) => msg`A database that is cut off or damaged: ${file}`,
  other_database: (file) => msg`A database without products: ${file}`,
  truncated_xml: (file) => msg`An XML file that is cut off or damaged: ${file}`,
  truncated_workbook: (file) => msg`A workbook that is cut off or damaged: ${file}`,
  too_large: (file) => msg`A workbook that unpacks to more than a gigabyte: ${file}`,
  other_workbook: (file) => msg`A workbook without a column of products: ${file}`,
  other_text: (file) => msg`A text without a column of products: ${file}`,
  empty: (file) => msg`An empty file: ${file}`,
};

/** What files are instead of a catalogue, as words. */
export const NOT_CATALOGUES = Object.keys(TEXTS);

/** What a file is instead of a catalogue. */
export function notCatalogueText(what: string, file: string): MessageDescriptor {
  return TEXTS[what]?.(file) ?? msg`Not a list of products: ${file}`;
}

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Remark, RemarkCode, RemarkKind } from "@/ipc/bindings";
import { NOT_CATALOGUES, notCatalogueText } from "@/ipc/notCatalogue";

/** What sentences name. */
type Name =
  | "code"
  | "count"
  | "encoding"
  | "file"
  | "given"
  | "head"
  | "holder"
  | "left"
  | "lines"
  | "login"
  | "movements"
  | "names"
  | "old"
  | "onHand"
  | "product"
  | "quantity"
  | "rows"
  | "sku"
  | "stock"
  | "taken"
  | "text"
  | "what";
type Params = Readonly<Record<Name, string>>;
type Text = (params: Params) => MessageDescriptor;

/** What remarks of a kind are about, as a heading. */
export const KINDS: Readonly<Record<RemarkKind, MessageDescriptor>> = {
  skipped: msg`Not taken`,
  left: msg`Does not fit into this warehouse`,
  disagreement: msg`Old stock and old movements disagree`,
  difference: msg`Old stock and this warehouse disagree`,
  note: msg`Good to know`,
};

const COLUMN_LEFT: Readonly<Record<string, Text>> = {
  amount: ({ head }) => msg`The column “${head}” is not taken: sums follow from quantity and price.`,
  turnover: ({ head }) => msg`The column “${head}” is not taken: turnover is no balance.`,
  price: ({ head }) => msg`The column “${head}” is not taken: Ombor keeps one price, the one for sale.`,
  known: ({ head }) => msg`The column “${head}” is not taken: Ombor has no use for it.`,
  unknown: ({ head }) => msg`The column “${head}” is not taken: its head is not known.`,
};
const columnLeft: Text = ({ head }) => msg`The column “${head}” is not taken.`;

const TEXTS: Readonly<Record<RemarkCode, Text>> = {
  noName: () => msg`There is no name.`,
  total: ({ text }) => msg`A total, not a product: ${text}`,
  headsRepeated: () => msg`The heads repeated.`,
  belowList: ({ text }) => msg`A remark or a signature, not a product: ${text}`,
  hiddenSheet: ({ rows }) => msg`A hidden sheet beside those that are shown, rows: ${rows}`,
  codeDamaged: ({ code }) => msg`The spreadsheet damaged the barcode ${code}: the product is taken without it.`,
  codeUnusable: ({ code }) => msg`“${code}” is no barcode: the product is taken without it.`,
  codeTaken: ({ code, holder }) => msg`The code ${code} belongs to ${holder}: this product is taken without it.`,
  skuTaken: ({ sku, holder }) => msg`The SKU ${sku} belongs to ${holder}: this product is taken without it.`,
  skuUnusable: ({ sku }) => msg`“${sku}” is no SKU: the product is taken without it.`,
  quantityUnreadable: ({ text }) => msg`“${text}” is no quantity: the product is taken without stock.`,
  quantityNegative: ({ quantity }) => msg`The stock is ${quantity}, below zero: the product is taken without stock.`,
  levelUnusable: ({ text }) => msg`“${text}” is no minimum: the product is taken without one.`,
  priceUnreadable: ({ text }) => msg`“${text}” is no price: the product is taken without one.`,
  productUnknown: ({ product }) => msg`The product “${product}” is not in what was read.`,
  catalogueMissing: ({ product }) => msg`An offer of the product ${product}, which import.xml names: that file is missing.`,
  deleted: () => msg`Marked as deleted in the old program.`,
  deletedWithStock: ({ stock }) => msg`Marked as deleted in the old program, with a stock of ${stock}.`,
  document: ({ lines }) => msg`A document of ${lines} lines, not a part of the catalogue.`,
  tableLeft: ({ rows }) => msg`A table of ${rows} rows for which Ombor has no place.`,
  loginUnusable: ({ login }) => msg`“${login}” can't be a login here.`,
  notCatalogue: ({ what, file }) => notCatalogueText(what, file),
  link: () => msg`A link, which is not followed.`,
  noFile: () => msg`Neither a file nor a folder.`,
  tooDeep: () => msg`The folder lies too deep: choose it by itself.`,
  noHeads: ({ rows }) => msg`Rows without a column of names or codes: ${rows}`,
  unreadable: ({ text }) => msg`Can't be read: ${text}`,
  stockDisagrees: ({ product, stock, movements }) =>
    msg`${product}: the stock of ${stock} is taken, the old movements add up to ${movements}.`,
  skuInUse: ({ sku, given }) => msg`The SKU ${sku} belongs to another product here: this one gets ${given}.`,
  codeInUse: ({ code }) => msg`The code ${code} belongs to another product here: this one is taken without it.`,
  loginInUse: ({ login }) => msg`The login ${login} belongs to another user here.`,
  productOutOfUse: ({ quantity }) => msg`The product is out of use here: its stock of ${quantity} is not opened.`,
  pictureUnusable: ({ file }) => msg`“${file}” is no PNG, JPEG or WebP picture of at most 2 MB: the product is taken without it.`,
  stockDiffers: ({ product, old, onHand }) => msg`${product}: ${old} in the old program, ${onHand} here. It stays as it is here.`,
  columnLeft: (params) => (COLUMN_LEFT[params.what] ?? columnLeft)(params),
  fieldsLeft: ({ names }) => msg`Not taken of goods and offers: ${names}`,
  titles: ({ text }) => msg`Rows above the heads: ${text}`,
  empty: () => msg`There is nothing in it.`,
  encoding: ({ encoding }) => msg`Read as ${encoding}.`,
  headings: ({ count }) => msg`Rows taken as headings of categories: ${count}`,
  merged: ({ count }) => msg`Rows that repeat a product, their quantities added: ${count}`,
  shortened: ({ count }) => msg`Names shortened to 200 letters: ${count}`,
  rounded: ({ count }) => msg`Numbers rounded, quantities to 3 and prices to 2 digits: ${count}`,
  wrongCheckDigits: ({ count }) => msg`Codes with a wrong check digit, taken as they stand: ${count}`,
  offersAlone: () => msg`These are prices and stock without their products: choose import.xml together with them.`,
  namesMissing: () => msg`There are codes and quantities but no names: choose the list of products together with it.`,
  changesOnly: () => msg`Only what changed since an earlier export.`,
  priceTypes: ({ taken, left }) => msg`The price “${taken}” is taken; not taken: ${left}`,
  priceMissing: ({ count }) => msg`Offers without a price of the type that is taken: ${count}`,
  groupsUnknown: ({ count }) => msg`Products of a category that is not in what was read: ${count}`,
  groupsSeveral: ({ count }) => msg`Products of several categories, kept in the first one: ${count}`,
  unitsUnknown: ({ count }) => msg`Products of a unit that is not in what was read: ${count}`,
  articlesShared: ({ count }) => msg`Variants that share their article with others, kept without it: ${count}`,
  currencies: ({ names }) => msg`Prices are taken as the numbers that they are, in ${names}.`,
  replaced: ({ count }) => msg`Entries of products that newer ones replace: ${count}`,
  pictures: ({ count }) => msg`Pictures that are named and lie elsewhere: ${count}`,
  oneWayMovements: () => msg`The old program kept movements of one direction only: the stock can't be compared with them.`,
  stockFromMovements: ({ count }) => msg`The old program kept no stock: ${count} balances were added up from its movements.`,
  zeroBalances: ({ count }) => msg`Products with a stock of zero: ${count}`,
  history: ({ count }) => msg`Rows that tell what came or went are kept as history and change no stock: ${count}`,
  stockUnknown: () => msg`No stock is taken: what came alone, or what went alone, does not tell what is there.`,
};

/** A remark as a sentence. */
export function remarkText({ code, params }: Pick<Remark, "code" | "params">): MessageDescriptor {
  // The desk sends what the sentence of its code names.
  return TEXTS[code](params as Params);
}

/** Stands for every parameter: `{code}` for code. */
const PLACEHOLDERS = new Proxy({} as Params, { get: (_, name) => `{${String(name)}}` });

/** Every sentence with its parameters left open, by code and by particular, as a saved report fills them. */
export function openSentences(): Record<string, MessageDescriptor> {
  const plain = Object.entries(TEXTS).filter(([code]) => code !== "notCatalogue" && code !== "columnLeft");
  return {
    ...KINDS,
    ...Object.fromEntries(plain.map(([code, text]) => [code, text(PLACEHOLDERS)])),
    ...Object.fromEntries(NOT_CATALOGUES.map((what) => [`notCatalogue.${what}`, notCatalogueText(what, "{file}")])),
    notCatalogue: notCatalogueText("", "{file}"),
    ...Object.fromEntries(Object.entries(COLUMN_LEFT).map(([what, text]) => [`columnLeft.${what}`, text(PLACEHOLDERS)])),
    columnLeft: columnLeft(PLACEHOLDERS),
  };
}

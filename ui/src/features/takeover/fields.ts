import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** The word for a column that is not taken over. */
export const NOT_TAKEN = "other";

/** What a column can hold that is taken over, in the order in which it is offered. */
export const FIELDS: Readonly<Record<string, MessageDescriptor>> = {
  name: msg`Name`,
  sku: msg`SKU`,
  barcode: msg`Barcode`,
  code: msg`Barcode or SKU`,
  category: msg`Category`,
  subcategory: msg`Category within the category`,
  unit: msg`Unit`,
  price: msg`Price`,
  quantity: msg`Stock`,
  min_stock: msg`Minimum`,
  place: msg`Place`,
  variant: msg`Size, colour or the like`,
  brand: msg`Brand`,
  description: msg`Description`,
  key: msg`Number in the old program`,
  active: msg`In use`,
  deleted: msg`Deleted`,
};

/** What a column counts as: a field that is taken over, or none. */
export function takenField(field: string | null): string {
  return field !== null && field in FIELDS ? field : NOT_TAKEN;
}

const FORMATS: Readonly<Record<string, string>> = {
  xlsx: "Excel",
  xls: "Excel 97",
  ods: "OpenDocument",
  csv: "CSV",
  commerceml: "1C CommerceML",
  "django-sqlite": "SQLite (Django)",
};

/** What people call a format; the word itself for one that this version does not know. */
export function formatName(format: string): string {
  return FORMATS[format] ?? format;
}

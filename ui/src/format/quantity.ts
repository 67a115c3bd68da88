import { currentLocale } from "@/i18n/setup";

const THIN_SPACE = "\u2009";
export const MINUS = "\u2212";

/** Groups the digits of a decimal string and gives it the language's decimal mark, without rounding. */
export function quantity(value: string): string {
  const negative = value.startsWith("-") && !isZero(value);
  const [whole = "", fraction] = value.replace(/^-/, "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  const mark = currentLocale() === "en" ? "." : ",";
  const digits = fraction === undefined ? grouped : `${grouped}${mark}${fraction}`;
  return negative ? MINUS + digits : digits;
}

/** A quantity that moved: `+24` into the warehouse, `−6` out of it; nothing has no sign. */
export function signed(value: string, direction: "in" | "out"): string {
  if (isZero(value)) return quantity(value);
  return (direction === "in" ? "+" : MINUS) + quantity(value);
}

/** Whether a decimal string is nothing at all (`0`, `0.000`, `-0`). */
export function isZero(value: string): boolean {
  return /^-?0*(\.0*)?$/.test(value);
}

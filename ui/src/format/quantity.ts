import { currentLocale } from "@/i18n/setup";

const THIN_SPACE = "\u2009";
export const MINUS = "\u2212";

/** Groups the digits of a decimal string and gives it the language's decimal mark, without rounding. */
export function quantity(value: string): string {
  const negative = value.startsWith("-");
  const [whole = "", fraction] = (negative ? value.slice(1) : value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  const mark = currentLocale() === "en" ? "." : ",";
  const digits = fraction === undefined ? grouped : `${grouped}${mark}${fraction}`;
  return negative ? MINUS + digits : digits;
}

/** A quantity that moved: `+24` into the warehouse, `−6` out of it. */
export function signed(value: string, direction: "in" | "out"): string {
  return (direction === "in" ? "+" : MINUS) + quantity(value);
}

/** Whether a decimal string is nothing at all (`0`, `0.000`, `-0`). */
export function isZero(value: string): boolean {
  return /^-?0*(\.0*)?$/.test(value);
}

/** A code as it stands below its bars: digits of 13 in groups, anything else as it is. */
export function groupedCode(code: string): string {
  return /^\d{13}$/.test(code)
    ? [code.slice(0, 1), code.slice(1, 4), code.slice(4, 7), code.slice(7, 10), code.slice(10)].join(THIN_SPACE)
    : code;
}

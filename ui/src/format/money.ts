import { quantity } from "@/format/quantity";

/** An amount of money with its kopecks only if there are any; the currency stands in the head of the column. */
export function money(value: string): string {
  const [whole = "", fraction = ""] = value.split(".");
  if (/^0*$/.test(fraction)) return quantity(whole);
  return quantity(`${whole}.${fraction.padEnd(2, "0")}`);
}

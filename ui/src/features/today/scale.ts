/** A sum too long for a tile, in its largest unit: "1284600000" is 1284.6 million. */
export interface ScaledSum {
  /** A decimal with at most one digit behind the point. */
  amount: string;
  unit: "one" | "million" | "billion";
}

const MILLION_DIGITS = 6;
const BILLION_DIGITS = 9;
/** Sums are cut to millions from ten million on, to billions from ten thousand millions on. */
const SPARE_DIGITS = 1;

export function scaledSum(decimal: string): ScaledSum {
  const negative = decimal.startsWith("-");
  const whole = (decimal.replace("-", "").split(".")[0] ?? "0").replace(/^0+(?=\d)/, "");
  const sign = negative ? "-" : "";
  if (whole.length > BILLION_DIGITS + SPARE_DIGITS + 3) {
    return { amount: sign + cut(whole, BILLION_DIGITS), unit: "billion" };
  }
  if (whole.length > MILLION_DIGITS + SPARE_DIGITS) {
    return { amount: sign + cut(whole, MILLION_DIGITS), unit: "million" };
  }
  return { amount: sign + whole, unit: "one" };
}

function cut(whole: string, digits: number): string {
  const tenth = whole.at(-digits) ?? "0";
  const head = whole.slice(0, -digits);
  return tenth === "0" ? head : `${head}.${tenth}`;
}

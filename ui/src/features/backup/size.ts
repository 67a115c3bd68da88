const STEP = 1024;
const UNITS = ["B", "KB", "MB", "GB"] as const;

/** How long a file is, with at most one digit behind the point: `["1.8", "MB"]`. */
export function fileSize(bytes: string): [amount: string, unit: (typeof UNITS)[number]] {
  let amount = Number(bytes);
  let power = 0;
  while (amount >= STEP && power < UNITS.length - 1) {
    amount /= STEP;
    power += 1;
  }
  const shown = power === 0 || amount >= 100 ? amount.toFixed(0) : amount.toFixed(1).replace(/\.0$/, "");
  return [shown, UNITS[power] ?? "GB"];
}

/** "21.11.2026" as people here write a day becomes `2026-11-21`; null when there is no such day. */
export function parseDay(text: string): string | null {
  const match = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text.trim());
  if (match === null) return null;
  const [, day = "", month = "", year = ""] = match;
  return dayOrNull(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
}

/** `2026-11-21` as people here write it: `21.11.2026`. */
export function typedDay(day: string | null): string {
  return day === null ? "" : day.split("-").reverse().join(".");
}

/** A text that is a day, `YYYY-MM-DD`. */
export function dayOrNull(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const [year, month, day] = text.split("-").map(Number) as [number, number, number];
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? text : null;
}

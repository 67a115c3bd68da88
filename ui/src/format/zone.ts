import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";

dayjs.extend(utc);
dayjs.extend(timezone);

/** `21.11.2026 14:26`: an instant by the clock of a zone such as `Asia/Tashkent`. */
export function dateTimeIn(zone: string, instant: string): string {
  return dayjs(instant).tz(zone).format("DD.MM.YYYY HH:mm");
}

/** `21.11.2026 14:26:05`: the same to the second. */
export function exactTimeIn(zone: string, instant: string): string {
  return dayjs(instant).tz(zone).format("DD.MM.YYYY HH:mm:ss");
}

/** `2026-11-21`: the day that a zone has at an instant. */
export function dayIn(zone: string, instant: string | Date): string {
  return dayjs(instant).tz(zone).format("YYYY-MM-DD");
}

/** `14:26`, `9:05:30` becomes `14:26:00`, `09:05:30`; null for what is no time of a day. */
export function parseTime(text: string): string | null {
  const match = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, hour = "", minute = "", second = "00"] = match;
  const exists = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  return exists ? `${hour.padStart(2, "0")}:${minute}:${second}` : null;
}

/** The instant at which the clock of a zone shows this day (`YYYY-MM-DD`) and this time (`HH:MM:SS`). */
export function instantIn(zone: string, day: string, time: string): string {
  return dayjs.tz(`${day} ${time}`, zone).toISOString();
}

import dayjs from "dayjs";

import { currentLocale } from "@/i18n/setup";

/** `14:26` */
export function clock(instant: string | Date): string {
  return dayjs(instant).format("HH:mm");
}

/** `21-noyabr`, `21 ноября`, `21 қараша`, `21 November`: a day as it is said. */
export function dayAndMonth(date: string | Date): string {
  const day = dayjs(date);
  if (currentLocale() === "en") return day.format("D MMMM");
  const separator = currentLocale().startsWith("uz") ? "-" : " ";
  return day.format(`D${separator}MMMM`).toLowerCase();
}

/** `21.11.2026 14:26`: an instant of any year, in the time of this station. */
export function dateTime(instant: string): string {
  return dayjs(instant).format("DD.MM.YYYY HH:mm");
}

/** `21.11.2026` */
export function dateOnly(date: string): string {
  return dayjs(date).format("DD.MM.YYYY");
}

/** `Pay`, `чт`, `бей`, `Thu`: the day of the week of a date, short. */
export function weekday(date: string): string {
  return dayjs(date).format(currentLocale() === "ru" ? "dd" : "ddd");
}

/** Whether an instant lies in the day that this station has now. */
export function isToday(instant: string): boolean {
  return dayjs(instant).isSame(dayjs(), "day");
}

/** `4:06`: minutes and seconds of a time that runs down. */
export function minutesAndSeconds(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
}

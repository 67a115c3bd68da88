import { dayOrNull } from "@/format/day";
import type { MovementQuery } from "@/ipc/bindings";

export const PAGE_SIZE = 50;

export const KINDS = ["receipt", "issue", "transfer", "opening", "reversal"] as const;
export type MovementKind = (typeof KINDS)[number];

export type Period = "today" | "week" | "month" | "all" | "between";

/** What the person has chosen above the history; lives in the address, so that a link can carry it. */
export interface MovementFilter {
  text: string;
  kind: MovementKind | null;
  productId: string | null;
  employeeId: string | null;
  userId: string | null;
  period: Period;
  /** First and last day, `YYYY-MM-DD`; only read when the period is "between". */
  fromDay: string | null;
  toDay: string | null;
}

export const PERIODS: readonly Period[] = ["today", "week", "month", "all", "between"];

export function readFilter(search: URLSearchParams): MovementFilter {
  return {
    text: search.get("text") ?? "",
    kind: KINDS.find((kind) => kind === search.get("kind")) ?? null,
    productId: search.get("product"),
    employeeId: search.get("employee"),
    userId: search.get("user"),
    period: PERIODS.find((period) => period === search.get("period")) ?? "all",
    fromDay: dayOrNull(search.get("from")),
    toDay: dayOrNull(search.get("to")),
  };
}

/** The address for a filter: only what differs from "everything". */
export function writeFilter(filter: MovementFilter): URLSearchParams {
  const search = new URLSearchParams();
  const put = (name: string, value: string | null) => {
    if (value !== null && value !== "") search.set(name, value);
  };
  put("text", filter.text);
  put("kind", filter.kind);
  put("product", filter.productId);
  put("employee", filter.employeeId);
  put("user", filter.userId);
  if (filter.period !== "all") put("period", filter.period);
  if (filter.period === "between") {
    put("from", filter.fromDay);
    put("to", filter.toDay);
  }
  return search;
}

export function isFiltered(filter: MovementFilter): boolean {
  return writeFilter(filter).size > 0;
}

/** The question that the database is asked; its days are the warehouse's, both ends belong. */
export function queryOf(filter: MovementFilter, today: Date, after: string | null): MovementQuery {
  const [from, to] = bounds(filter, today);
  const text = filter.text.trim();
  return {
    productId: filter.productId,
    employeeId: filter.employeeId,
    userId: filter.userId,
    kind: filter.kind,
    text: text === "" ? null : text,
    from,
    to,
    after,
    limit: PAGE_SIZE,
  };
}

function bounds(filter: MovementFilter, today: Date): [string | null, string | null] {
  switch (filter.period) {
    case "all":
      return [null, null];
    case "today":
      return [dayBefore(today, 0), null];
    case "week":
      return [dayBefore(today, 6), null];
    case "month":
      return [dayBefore(today, 29), null];
    case "between":
      return [filter.fromDay, filter.toDay];
  }
}

function dayBefore(today: Date, days: number): string {
  const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - days);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${String(day.getFullYear())}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

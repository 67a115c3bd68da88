import type { FaceReportRow, MethodCount } from "@/ipc/bindings";

/** What an Admin should do next for an employee's face; null when nothing is missing. */
export type Need = "enrol" | "second" | "topUp" | null;

/** The next act for a row: known at all, known in two lights, known well. */
export function needOf(row: FaceReportRow): Need {
  if (!row.active) return null;
  if (row.enrolledAt === null) return "enrol";
  if (row.lights < 2) return "second";
  return row.needsTopUp ? "topUp" : null;
}

const URGENCY: readonly Need[] = ["topUp", "second", "enrol", null];

/** Whom to look after first; those who left come last, and within one need names decide. */
export function worstFirst(rows: readonly FaceReportRow[]): FaceReportRow[] {
  const rank = (row: FaceReportRow) => (row.active ? URGENCY.indexOf(needOf(row)) : URGENCY.length);
  return [...rows].sort((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1));
}

/** How often somebody vouched: how many of how many confirmations. */
export function vouchedOf(methods: readonly MethodCount[], span: "today" | "month"): { vouched: number; all: number } {
  const sum = (counted: readonly MethodCount[]) => counted.reduce((total, method) => total + method[span], 0);
  return { vouched: sum(methods.filter(({ method }) => method.startsWith("vouched_"))), all: sum(methods) };
}

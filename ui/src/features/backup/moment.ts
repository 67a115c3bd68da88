import { parseDay } from "@/format/day";
import { instantIn, parseTime } from "@/format/zone";
import type { JournalState } from "@/ipc/bindings";

const SECOND_MS = 1000;

/** The moments that can be brought back, the first one to the second that can be typed: what was not handed out yet counts, unless it cannot be kept. */
export interface Bounds {
  since: string;
  until: string;
}

/** Between which moments one can be named; null when none can. */
export function boundsOf(state: JournalState, now: Date): Bounds | null {
  if (state.reach === null) return null;
  const { since, until, hasGap } = state.reach;
  const wholeSecond = Math.ceil(new Date(since).getTime() / SECOND_MS) * SECOND_MS;
  return {
    since: new Date(wholeSecond).toISOString(),
    until: state.isStopped || hasGap ? until : now.toISOString(),
  };
}

/** What a typed moment is. */
export type Named = { kind: "none" } | { kind: "unreadable" } | { kind: "outside" } | { kind: "moment"; at: string };

/** A day (`21.11.2026`) and a time (`14:26`, `14:26:30`) by the clock of a zone. */
export function namedMoment(zone: string, day: string, time: string, bounds: Bounds): Named {
  if (time.trim() === "") return { kind: "none" };
  const [parsedDay, parsedTime] = [parseDay(day), parseTime(time)];
  if (parsedDay === null || parsedTime === null) return { kind: "unreadable" };
  const at = instantIn(zone, parsedDay, parsedTime);
  return bounds.since <= at && at <= bounds.until ? { kind: "moment", at } : { kind: "outside" };
}

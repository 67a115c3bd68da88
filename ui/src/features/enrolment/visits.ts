import type { EnrolmentVisit } from "@/ipc/bindings";

/** The visits that make sense for somebody whose face is known in so many lights; the most wanted one first. */
export function visitsFor(lights: number): readonly EnrolmentVisit[] {
  if (lights === 0) return ["first"];
  return lights === 1 ? ["second", "topUp", "first"] : ["topUp", "first"];
}

/** The visit that an address asks for (`?visit=topUp`), if it makes sense; else the most wanted one. */
export function visitAsked(asked: string | null, lights: number): EnrolmentVisit {
  const visits = visitsFor(lights);
  return visits.find((visit) => visit === asked) ?? visits[0] ?? "first";
}

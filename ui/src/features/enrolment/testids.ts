/** Handles that tests of the real window take hold of. */
export const ENROLMENT = {
  visit: (visit: string) => `enrolment-visit-${visit}`,
  start: "enrolment-start",
  cancel: "enrolment-cancel",
  again: "enrolment-again",
  finish: "enrolment-finish",
  hint: "enrolment-hint",
  count: "enrolment-count",
  done: "enrolment-done",
  quality: "enrolment-quality",
  firstLight: "enrolment-first-light",
  resembles: "enrolment-resembles",
  somebodyElse: "enrolment-somebody-else",
  samePerson: "enrolment-same-person",
  failed: "enrolment-failed",
} as const;

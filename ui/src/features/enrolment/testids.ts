/** Handles that tests of the real window take hold of. */
export const ENROLMENT = {
  start: "enrolment-start",
  cancel: "enrolment-cancel",
  again: "enrolment-again",
  finish: "enrolment-finish",
  hint: "enrolment-hint",
  count: "enrolment-count",
  done: "enrolment-done",
  failed: "enrolment-failed",
} as const;

/** Handles that tests of the real window take hold of. */
export const TODAY = {
  value: "today-value",
  in: "today-in",
  out: "today-out",
  backup: "today-backup",
  belowMinimum: "today-below-minimum",
} as const;

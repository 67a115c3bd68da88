/** Handles that tests of the real window take hold of. */
export const MOVEMENT_LIST = {
  search: "movement-search",
  kind: "movement-kind",
  period: "movement-period",
  from: "movement-from",
  to: "movement-to",
  employee: "movement-employee",
  user: "movement-user",
  clear: "movement-clear",
  reverse: (id: string) => `movement-reverse-${id}`,
} as const;

export const OLD_MOVEMENTS = {
  open: "old-movements-open",
  search: "old-movements-search",
  from: "old-movements-from",
  to: "old-movements-to",
} as const;

export const REVERSAL = {
  dialog: "reversal-dialog",
  password: "reversal-password",
  reason: "reversal-reason",
  confirm: "reversal-confirm",
  cancel: "reversal-cancel",
} as const;

/** Handles that tests of the real window take hold of. */
export const TAKEOVER = {
  files: "takeover-files",
  folder: "takeover-folder",
  work: "takeover-work",
  cancel: "takeover-cancel",
  verdict: "takeover-verdict",
  count: (name: string) => `takeover-count-${name}`,
  column: (part: string, column: string) => `takeover-column-${part}-${column}`,
  users: "takeover-users",
  remarks: (kind: string) => `takeover-remarks-${kind}`,
  write: "takeover-write",
  leave: "takeover-leave",
  done: "takeover-done",
} as const;

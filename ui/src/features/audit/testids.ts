/** Handles that tests of the real window take hold of. */
export const AUDIT = {
  row: (id: string) => `audit-row-${id}`,
} as const;

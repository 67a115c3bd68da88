/** Handles that tests of the real window take hold of. */
export const BACKUP = {
  take: "backup-take",
  done: "backup-done",
  folder: "backup-folder",
  row: (fileName: string) => `backup-row-${fileName}`,
} as const;

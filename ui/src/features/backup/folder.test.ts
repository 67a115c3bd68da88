import { describe, expect, it } from "vitest";

import { folderOf } from "@/features/backup/folder";

describe("the folder of a backup", () => {
  it("is found in paths of either system", () => {
    expect(folderOf("/srv/ombor/backups/a.sql")).toBe("/srv/ombor/backups");
    expect(folderOf("C:\\ProgramData\\Ombor\\backups\\a.sql")).toBe("C:\\ProgramData\\Ombor\\backups");
  });
});

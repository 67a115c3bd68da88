import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { StatTiles } from "@/features/today/StatTiles";
import { TODAY } from "@/features/today/testids";
import { createFake } from "@/ipc/fake";
import { show } from "@/testing/show";

async function backupTile(backupsElsewhere: boolean): Promise<HTMLElement> {
  const today = await createFake().commands.today();
  show(<StatTiles today={{ ...today, lastBackupAt: null, backupsElsewhere }} />);
  return screen.getByTestId(TODAY.backup);
}

describe("the tile of the last backup", () => {
  it("asks for the first one where this desk makes them", async () => {
    const tile = await backupTile(false);
    expect([tile.textContent, tile.dataset["tone"]]).toEqual(["none", "warning"]);
  });

  it("asks for nothing where another desk or server makes them", async () => {
    const tile = await backupTile(true);
    expect([tile.textContent, tile.dataset["tone"]]).toEqual(["elsewhere", undefined]);
  });
});

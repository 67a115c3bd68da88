import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { HealthDots } from "@/desk/worker/HealthDots";
import type { BackupHealth } from "@/ipc/bindings";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

function backupSign(backup: BackupHealth): HTMLElement {
  const health = {
    scanner: { state: "ok", lastScanAt: null },
    camera: { state: "ok", name: null },
    database: { state: "ok" },
    sound: { state: "ok" },
    backup,
  } as const;
  show(<HealthDots health={health} />);
  return screen.getByTestId(TEST_IDS.health("backup"));
}

describe("the sign of the backups", () => {
  it("says neutrally that another desk or server makes them", () => {
    const sign = backupSign({ state: "idle", lastAt: null, failure: null, elsewhere: true });
    expect(sign.dataset["state"]).toBe("idle");
    expect(sign.textContent).toBe("Backup: elsewhere");
    expect(sign.title).toBe("Another desk or server makes the backups.");
  });

  it("asks for one where there is none", () => {
    const none = backupSign({ state: "warning", lastAt: null, failure: null, elsewhere: false });
    expect([none.textContent, none.title]).toEqual(["No backup", "Ask the Admin to take a backup."]);
  });

  it("says what keeps the changes from being kept minute by minute", () => {
    const failed = backupSign({ state: "warning", lastAt: null, failure: "journalStopped", elsewhere: false });
    expect(failed.title).toContain("Plug the disk in");
  });
});

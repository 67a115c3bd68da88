import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { BackupPage } from "@/features/backup/BackupPage";
import { LineageNotice } from "@/features/backup/LineageNotice";
import { RestoredNotice } from "@/features/backup/RestoredNotice";
import { BACKUP } from "@/features/backup/testids";
import { createFake, type Fake } from "@/ipc/fake";
import { fakeBackup, tellWork } from "@/ipc/fake/backupCommands";
import { FAKE_PASSWORD } from "@/ipc/fake/peopleCommands";
import { refusal } from "@/ipc/fake/store";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

const HOUR_MS = 3_600_000;

/** A warehouse with one backup of three hours ago and two movements since. */
function furnished(prepare: (fake: Fake) => void = () => undefined): { fake: Fake; name: string } {
  const fake = createFake();
  const backup = fakeBackup(new Date(Date.now() - 3 * HOUR_MS), { place: "twice" });
  fake.store.backups = [backup];
  const movement = { productName: "Pepsi", documentId: "d", direction: "in" };
  for (const id of ["m-1", "m-2"]) {
    fake.store.movements.push({ ...movement, id, at: new Date().toISOString() } as (typeof fake.store.movements)[number]);
  }
  prepare(fake);
  show(<BackupPage />, fake);
  return { fake, name: backup.name };
}

describe("the room of the backups", () => {
  it("says first how old the last verified backup is", async () => {
    furnished();
    expect((await screen.findByTestId(BACKUP.newest)).textContent).toContain("Last verified backup: 3 hours ago");
    expect(screen.getByText("on the second disk too")).toBeTruthy();
  });

  it("asks for attention when there is none", async () => {
    furnished((fake) => {
      fake.store.backups = [];
    });
    const newest = await screen.findByTestId(BACKUP.newest);
    expect(newest.dataset["tone"]).toBe("warning");
    expect(newest.textContent).toContain("There is no verified backup yet");
  });

  it("says why the last try failed, although there is a fresh one", async () => {
    furnished(({ store }) => {
      store.backup.health = { state: "warning", lastAt: null, failure: "diskFull", elsewhere: false };
    });
    const newest = await screen.findByTestId(BACKUP.newest);
    expect(newest.dataset["tone"]).toBe("warning");
    expect(newest.textContent).toContain("The last try did not succeed. The disk is full.");
  });

  it("leaves it to the journal's panel to say that the journal is not kept", async () => {
    furnished(({ store }) => {
      store.backup.health = { state: "warning", lastAt: null, failure: "journalStopped", elsewhere: false };
    });
    const newest = await screen.findByTestId(BACKUP.newest);
    expect(newest.dataset["tone"]).toBe("saved");
    expect(newest.textContent).not.toContain("The last try did not succeed");
  });

  it("takes no moment that was brought back for the last verified backup", async () => {
    furnished(({ store }) => {
      store.backups.unshift(fakeBackup(new Date(), { broughtBack: true }));
    });
    expect((await screen.findByTestId(BACKUP.newest)).textContent).toContain("Last verified backup: 3 hours ago");
    expect(screen.getByText("a moment brought back")).toBeTruthy();
  });

  it("says at another desk that the backups are made elsewhere, and offers none", async () => {
    furnished(({ store }) => {
      store.backup.health = { state: "idle", lastAt: null, failure: null, elsewhere: true };
    });
    expect((await screen.findByTestId(BACKUP.elsewhere)).textContent).toContain("Another desk or server keeps this warehouse");
    expect(screen.queryByTestId(BACKUP.take)).toBeNull();
    expect(screen.queryByTestId(TEST_IDS.errorNotice)).toBeNull();
  });

  it("takes a backup and names it", async () => {
    const { fake } = furnished();
    await userEvent.click(await screen.findByTestId(BACKUP.take));
    expect((await screen.findByTestId(BACKUP.done)).textContent).toContain(fake.store.backups[0]?.name);
  });

  it("shows how far the work has come, whoever began it, and stops it", async () => {
    const { fake } = furnished();
    await screen.findByTestId(BACKUP.newest);
    act(() => {
      tellWork(fake.store, { kind: "taking", step: "reading", safety: false, bytes: "2097152", automatic: true });
    });
    const work = await screen.findByTestId(BACKUP.work);
    const now = work.querySelector("[data-state=now]");
    expect(now?.textContent).toContain("Reading the backup to its end");
    expect(now?.textContent).toContain("2 MB");
    expect(screen.getByTestId(BACKUP.take)).toHaveProperty("disabled", true);
    await userEvent.click(screen.getByTestId(BACKUP.cancel));
    await waitFor(() => {
      expect(screen.queryByTestId(BACKUP.work)).toBeNull();
    });
  });

  it("says why a backup was not made", async () => {
    const { fake } = furnished();
    vi.spyOn(fake.commands, "takeBackup").mockRejectedValue(refusal("backupFolder", { folder: "/media/stick" }));
    await userEvent.click(await screen.findByTestId(BACKUP.take));
    const notice = await screen.findByTestId(TEST_IDS.errorNotice);
    expect(notice.textContent).toContain("/media/stick");
  });

  it("keeps what is set, with nothing for an empty second place", async () => {
    const { fake } = furnished();
    const second = await screen.findByTestId(BACKUP.second);
    await userEvent.type(second, "/media/malika/KINGSTON");
    await userEvent.click(screen.getByTestId(BACKUP.save));
    await waitFor(() => {
      expect(fake.store.backup.settings.second).toBe("/media/malika/KINGSTON");
    });
    expect(fake.store.backup.settings.folder).toBeNull();
    await userEvent.clear(screen.getByTestId(BACKUP.dailyAt));
    await userEvent.type(screen.getByTestId(BACKUP.dailyAt), "25:00");
    await userEvent.click(screen.getByTestId(BACKUP.save));
    expect(screen.getByText("Hours and minutes, such as 13:00")).toBeTruthy();
  });
});

describe("a restore", () => {
  it("says what it loses and is not asked for without the name and the password", async () => {
    const { fake, name } = furnished();
    const restore = vi.spyOn(fake.commands, "restoreBackup");
    await userEvent.click(await screen.findByTestId(BACKUP.restore(name)));
    expect((await screen.findByTestId(BACKUP.loss)).textContent).toContain("2 movements would be lost.");
    await userEvent.type(screen.getByTestId(BACKUP.word), "another");
    await userEvent.click(screen.getByTestId(BACKUP.confirm));
    expect(screen.getByText("Type Markaziy ombor")).toBeTruthy();
    expect(screen.getByText("Type your password")).toBeTruthy();
    expect(restore).not.toHaveBeenCalled();
  });

  it("sends the name and the password, and shows the refusal of a wrong one", async () => {
    const { fake, name } = furnished();
    await userEvent.click(await screen.findByTestId(BACKUP.restore(name)));
    await userEvent.type(await screen.findByTestId(BACKUP.word), "Markaziy ombor");
    await userEvent.type(screen.getByTestId(BACKUP.password), "wrong");
    await userEvent.click(screen.getByTestId(BACKUP.confirm));
    const dialog = within(screen.getByTestId(BACKUP.dialog));
    expect((await dialog.findByTestId(TEST_IDS.errorNotice)).dataset["code"]).toBe("wrongPassword");
    await userEvent.type(screen.getByTestId(BACKUP.password), FAKE_PASSWORD);
    await userEvent.click(screen.getByTestId(BACKUP.confirm));
    await waitFor(() => {
      expect(fake.store.backup.outcome?.movements).toBe(2);
    });
  });

  it("is told at the login, with what was lost", () => {
    const outcome = { name: "a", takenAt: "2026-11-21T08:00:00.000Z", documents: 1, movements: 2, safety: "ombor-safety" };
    show(<RestoredNotice outcome={outcome} />);
    const told = screen.getByTestId(BACKUP.outcome).textContent;
    expect(told).toContain("2 movements were lost.");
    expect(told).toContain("ombor-safety");
  });
});

describe("a database that was not here before", () => {
  it("is told until somebody goes on with it", async () => {
    const fake = createFake();
    fake.store.backup.notice = { kind: "older", documents: 3, newestAt: null, knownUntil: null };
    show(<LineageNotice />, fake);
    expect((await screen.findByTestId(BACKUP.lineage)).textContent).toContain("At least 3 documents are missing.");
    await userEvent.click(screen.getByTestId(BACKUP.settle));
    await waitFor(() => {
      expect(screen.queryByTestId(BACKUP.lineage)).toBeNull();
    });
    expect(fake.store.backup.notice).toBeNull();
  });
});

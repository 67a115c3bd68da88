import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { JournalPanel } from "@/features/backup/JournalPanel";
import { BACKUP, JOURNAL } from "@/features/backup/testids";
import type { Journal, JournalState } from "@/ipc/bindings";
import { createFake, type Fake } from "@/ipc/fake";
import { tellWork } from "@/ipc/fake/backupCommands";
import { fakeJournal } from "@/ipc/fake/journalCommands";
import { FAKE_PASSWORD } from "@/ipc/fake/peopleCommands";
import { refusal } from "@/ipc/fake/store";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

const SINCE = "2026-11-18T04:00:00.000Z";
const UNTIL = "2026-11-21T08:30:00.000Z";

function open(journal?: Journal): Fake {
  const fake = createFake();
  if (journal !== undefined) fake.store.journal = journal;
  show(<JournalPanel busy={false} />, fake);
  return fake;
}

function openKept(own: Partial<JournalState> = {}): Fake {
  return open({ kind: "on", state: fakeJournal({ reach: { since: SINCE, until: UNTIL, hasGap: false }, ...own }) });
}

describe("the panel of the journal", () => {
  it("switches it on in the folder that was chosen, after saying what that costs", async () => {
    const fake = open();
    const keep = vi.spyOn(fake.commands, "keepJournal");
    await userEvent.click(await screen.findByTestId(JOURNAL.keep));
    const dialog = within(await screen.findByTestId(JOURNAL.keepDialog));
    expect(dialog.getByText(/The database starts anew once/)).toBeTruthy();
    expect(dialog.getByText(/Best on another disk/)).toBeTruthy();
    expect(keep).not.toHaveBeenCalled();
    await userEvent.click(screen.getByTestId(JOURNAL.choose));
    await waitFor(() => {
      expect(screen.getByTestId(JOURNAL.folder)).toHaveProperty("value", "/media/malika/KINGSTON");
    });
    await userEvent.click(screen.getByTestId(JOURNAL.begin));
    expect((await screen.findByTestId(JOURNAL.verdict)).dataset["tone"]).toBe("saved");
    expect(keep).toHaveBeenCalledExactlyOnceWith("/media/malika/KINGSTON");
  });

  it("takes the proposed folder where none is named, and shows why it was not switched on", async () => {
    const fake = open();
    const keep = vi.spyOn(fake.commands, "keepJournal").mockRejectedValue(refusal("backupFolder", { folder: "/media/away" }));
    await userEvent.click(await screen.findByTestId(JOURNAL.keep));
    await userEvent.click(await screen.findByTestId(JOURNAL.begin));
    expect((await screen.findByTestId(TEST_IDS.errorNotice)).textContent).toContain("/media/away");
    expect(keep).toHaveBeenCalledExactlyOnceWith(null);
    expect(screen.getByTestId(JOURNAL.keep)).toHaveProperty("checked", false);
  });

  it("says between which moments there is a way back, by the warehouse's clock", async () => {
    openKept();
    const verdict = await screen.findByTestId(JOURNAL.verdict);
    expect(verdict.textContent).toContain("Every moment between 18.11.2026 09:00 and 21.11.2026 13:30 can be brought back");
    expect(verdict.dataset["tone"]).toBe("saved");
  });

  it("tells a gap, and that a copy mends it", async () => {
    openKept({ reach: { since: SINCE, until: UNTIL, hasGap: true } });
    const verdict = await screen.findByTestId(JOURNAL.verdict);
    expect(verdict.dataset["tone"]).toBe("warning");
    expect(verdict.textContent).toContain("is missing");
    expect(screen.getByTestId(JOURNAL.copy)).toHaveProperty("disabled", false);
  });

  it("says of a disk that is away that the newest changes are not kept", async () => {
    openKept({ isStopped: true });
    expect((await screen.findByTestId(JOURNAL.verdict)).textContent).toContain("Plug the disk in");
    expect(screen.getByTestId(JOURNAL.copy)).toHaveProperty("disabled", true);
    expect(screen.getByTestId(JOURNAL.goBack)).toHaveProperty("disabled", false);
  });

  it("offers no way back before the first copy", async () => {
    openKept({ reach: null, copiedAt: null });
    expect((await screen.findByTestId(JOURNAL.verdict)).textContent).toContain("No moment can be brought back yet");
    expect(screen.getByTestId(JOURNAL.goBack)).toHaveProperty("disabled", true);
    expect(screen.getByTestId(JOURNAL.copy)).toHaveProperty("disabled", false);
  });

  it("copies everything when it is asked to, and says why it did not", async () => {
    const fake = openKept();
    const copy = vi.spyOn(fake.commands, "copyForJournal").mockRejectedValueOnce(refusal("diskFull"));
    await userEvent.click(await screen.findByTestId(JOURNAL.copy));
    expect((await screen.findByTestId(TEST_IDS.errorNotice)).dataset["code"]).toBe("diskFull");
    await userEvent.click(screen.getByTestId(JOURNAL.copy));
    await waitFor(() => {
      expect(screen.queryByTestId(TEST_IDS.errorNotice)).toBeNull();
    });
    expect(copy).toHaveBeenCalledTimes(2);
  });

  it("is switched off only after it was asked whether that is meant", async () => {
    const fake = openKept();
    await userEvent.click(await screen.findByTestId(JOURNAL.keep));
    expect((await screen.findByTestId(JOURNAL.leaveDialog)).textContent).toContain("/media/malika/KINGSTON");
    expect(fake.store.journal.kind).toBe("on");
    await userEvent.click(screen.getByTestId(JOURNAL.leave));
    await waitFor(() => {
      expect(screen.queryByTestId(JOURNAL.leaveDialog)).toBeNull();
    });
    expect(fake.store.journal.kind).toBe("off");
  });

  it("leaves another server to its own means", async () => {
    open({ kind: "elsewhere" });
    expect(await screen.findByText(/The data lies on another server/)).toBeTruthy();
    expect(screen.queryByTestId(JOURNAL.keep)).toBeNull();
  });
});

describe("the way back to a moment", () => {
  /** A journal of three days; one movement was posted before the moment and two after it. */
  async function goBack(own: Partial<JournalState> = {}): Promise<Fake> {
    const fake = openKept(own);
    const posted = ["2026-11-21T06:00:00.000Z", "2026-11-21T07:30:00.000Z", "2026-11-21T08:00:00.000Z"];
    fake.store.movements = posted.map((at, index) => ({ id: String(index), at })) as typeof fake.store.movements;
    await userEvent.click(await screen.findByTestId(JOURNAL.goBack));
    await screen.findByTestId(JOURNAL.dialog);
    return fake;
  }

  async function name(day: string, time: string): Promise<void> {
    await userEvent.clear(screen.getByTestId(JOURNAL.day));
    await userEvent.type(screen.getByTestId(JOURNAL.day), day);
    await userEvent.type(screen.getByTestId(JOURNAL.time), time);
  }

  it("asks for the moment first, and says what it would lose before it can be confirmed", async () => {
    await goBack();
    expect(screen.queryByTestId(BACKUP.confirm)).toBeNull();
    await name("21.11.2026", "12:04");
    expect((await screen.findByTestId(BACKUP.loss)).textContent).toContain("2 movements would be lost.");
  });

  it("refuses a moment outside, with those that can be named", async () => {
    const fake = await goBack({ isStopped: true });
    const weigh = vi.spyOn(fake.commands, "weighMoment");
    await name("21.11.2026", "13:31");
    const bounds = screen.getByTestId(JOURNAL.bounds);
    expect(bounds.textContent).toContain("Between 18.11.2026 09:00:00 and 21.11.2026 13:30:00");
    expect(bounds.dataset["wrong"]).toBe("true");
    expect(screen.queryByTestId(BACKUP.confirm)).toBeNull();
    expect(weigh).not.toHaveBeenCalled();
  });

  it("sends the moment with the name and the password, and shows the refusal of a wrong one", async () => {
    const fake = await goBack();
    const restore = vi.spyOn(fake.commands, "restoreMoment");
    await name("21.11.2026", "12:04");
    await userEvent.type(await screen.findByTestId(BACKUP.word), "Markaziy ombor");
    await userEvent.type(screen.getByTestId(BACKUP.password), "wrong");
    await userEvent.click(screen.getByTestId(BACKUP.confirm));
    const dialog = within(screen.getByTestId(JOURNAL.dialog));
    expect((await dialog.findByTestId(TEST_IDS.errorNotice)).dataset["code"]).toBe("wrongPassword");
    await userEvent.type(await screen.findByTestId(BACKUP.password), FAKE_PASSWORD);
    await userEvent.click(screen.getByTestId(BACKUP.confirm));
    await waitFor(() => {
      expect(fake.store.backup.outcome?.movements).toBe(2);
    });
    expect(restore.mock.lastCall?.[0].at).toBe("2026-11-21T07:04:00.000Z");
  });

  it("goes to the last minute without a moment being named", async () => {
    const fake = await goBack();
    const restore = vi.spyOn(fake.commands, "restoreMoment");
    await userEvent.click(screen.getByTestId(JOURNAL.way("last")));
    expect((await screen.findByTestId(BACKUP.loss)).textContent).toContain("No movement would be lost.");
    await userEvent.type(screen.getByTestId(BACKUP.word), "Markaziy ombor");
    await userEvent.type(screen.getByTestId(BACKUP.password), FAKE_PASSWORD);
    await userEvent.click(screen.getByTestId(BACKUP.confirm));
    await waitFor(() => {
      expect(restore.mock.lastCall?.[0].at).toBeNull();
    });
  });

  it("shows how far it has come, and stops where that can still be stopped", async () => {
    const fake = await goBack();
    vi.spyOn(fake.commands, "restoreMoment").mockReturnValue(new Promise(() => undefined));
    const cancel = vi.spyOn(fake.commands, "cancelBackup");
    await name("21.11.2026", "12:04");
    await userEvent.type(await screen.findByTestId(BACKUP.word), "Markaziy ombor");
    await userEvent.type(screen.getByTestId(BACKUP.password), FAKE_PASSWORD);
    await userEvent.click(screen.getByTestId(BACKUP.confirm));
    const reaches = async (step: "recovering" | "dumping" | "exchanging", safety: boolean, text: string) => {
      act(() => {
        tellWork(fake.store, { kind: "goingBack", step, safety, bytes: null, automatic: false });
      });
      await waitFor(() => {
        expect(screen.getByTestId(BACKUP.work).querySelector("[data-state=now]")?.textContent).toContain(text);
      });
    };
    await reaches("recovering", false, "Bringing the moment back");
    await userEvent.click(screen.getByTestId(BACKUP.cancel));
    expect(cancel).toHaveBeenCalledOnce();
    await reaches("dumping", true, "Backing up what is there now");
    await reaches("exchanging", false, "Putting it in the warehouse's place");
    expect(screen.queryByTestId(BACKUP.cancel)).toBeNull();
  });
});

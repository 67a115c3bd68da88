import type { Commands } from "@/ipc/backend";
import type { JournalState } from "@/ipc/bindings";
import { fakeBackup, goBack, lostSince } from "@/ipc/fake/backupCommands";
import { refusal, type Store } from "@/ipc/fake/store";

type JournalCommand = "journal" | "keepJournal" | "leaveJournal" | "copyForJournal" | "weighMoment" | "restoreMoment" | "chooseFolder";

const DISK = "/media/malika/KINGSTON";
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A journal that has been kept for three days, by the minute. */
export function fakeJournal(own: Partial<JournalState> = {}): JournalState {
  const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
  return {
    folder: `${DISK}/ombor-journal-7612345678901234567`,
    reach: { since: ago(3 * DAY_MS), until: ago(MINUTE_MS), hasGap: false },
    isStopped: false,
    copiedAt: ago(DAY_MS / 4),
    zone: "Asia/Tashkent",
    ...own,
  };
}

function kept(store: Store): JournalState {
  if (store.journal.kind !== "on") throw refusal("noJournal");
  return store.journal.state;
}

/** The moment that is meant, if it can be brought back. */
function reached(store: Store, at: string | null): string {
  const { reach } = kept(store);
  const moment = at ?? new Date().toISOString();
  if (reach === null || moment < reach.since) throw refusal("momentUnreachable");
  return moment;
}

/** The journal, and the way back to a moment of it. */
export function journalCommands(store: Store): Pick<Commands, JournalCommand> {
  return {
    journal: () => Promise.resolve(structuredClone(store.journal)),
    keepJournal: async (folder) => {
      if (store.journal.kind === "elsewhere") throw refusal("journalElsewhere");
      const now = new Date().toISOString();
      const state = fakeJournal({ reach: { since: now, until: now, hasGap: false }, copiedAt: now });
      store.journal = { kind: "on", state: folder === null ? state : { ...state, folder } };
      store.changed("backup");
      return Promise.resolve(null);
    },
    leaveJournal: () => {
      store.journal = { kind: "off", folder: "/home/ombor/backups", disks: [DISK] };
      store.changed("backup");
      return Promise.resolve(null);
    },
    copyForJournal: async () => {
      const state = kept(store);
      state.copiedAt = new Date().toISOString();
      if (state.reach !== null) state.reach.hasGap = false;
      store.changed("backup");
      return Promise.resolve(null);
    },
    weighMoment: async (at) => {
      const after = reached(store, at);
      const movements = lostSince(store, after);
      return Promise.resolve({ documents: movements, movements, after, word: store.settings.warehouseName });
    },
    restoreMoment: async ({ at, ...typed }) => {
      const moment = reached(store, at);
      const brought = fakeBackup(new Date(moment), { broughtBack: true });
      const outcome = goBack(store, brought.name, moment, typed);
      store.backups.unshift(brought);
      return Promise.resolve(outcome);
    },
    chooseFolder: () => Promise.resolve(DISK),
  };
}

import type { Commands } from "@/ipc/backend";
import type { Backup, BackupStep, BackupWork, RestoreOutcome } from "@/ipc/bindings";
import { FAKE_PASSWORD } from "@/ipc/fake/peopleCommands";
import { refusal, type Store } from "@/ipc/fake/store";

type BackupCommand =
  | "takeBackup"
  | "cancelBackup"
  | "backupWork"
  | "backupOverview"
  | "verifyBackup"
  | "saveBackupSettings"
  | "weighRestore"
  | "restoreBackup"
  | "restoreOutcome"
  | "lineageNotice"
  | "settleLineage";

const DAY_MS = 86_400_000;

/** A backup of the fake's warehouse, taken at that instant. */
export function fakeBackup(at: Date, own: Partial<Backup> = {}): Backup {
  const takenAt = at.toISOString();
  return {
    name: `ombor-${takenAt.slice(0, 19).replace("T", "_").replaceAll(":", "-")}`,
    folder: "/home/ombor/backups",
    sizeBytes: "1843200",
    takenAt,
    verifiedAt: takenAt,
    movements: 1284,
    place: "once",
    faults: 0,
    own: true,
    broughtBack: false,
    ...own,
  };
}

/** How far the fake's work has come; nothing goes on by itself. */
export function tellWork(store: Store, work: BackupWork | null): void {
  store.backup.work = work;
  store.emit("backupChanged", { work });
}

function working(store: Store, kind: BackupWork["kind"], step: BackupStep): void {
  tellWork(store, { kind, step, safety: kind === "restoring", bytes: null, automatic: false });
}

/** The warehouse goes back to `at`: what came later is lost, what there was is backed up, and everybody is logged out. */
export function goBack(store: Store, name: string, at: string, typed: { word: string; password: string }): RestoreOutcome {
  if (typed.word !== store.settings.warehouseName) throw refusal("restoreNotConfirmed");
  if (typed.password !== FAKE_PASSWORD) throw refusal("wrongPassword");
  const movements = lostSince(store, at);
  const safety = fakeBackup(new Date());
  store.backups.unshift(safety);
  store.movements = store.movements.filter((movement) => movement.at <= at);
  const outcome = { name, takenAt: at, documents: movements, movements, safety: safety.name };
  store.backup.outcome = outcome;
  store.session = null;
  store.emit("sessionEnded", null);
  return outcome;
}

function found(store: Store, name: string): Backup {
  const backup = store.backups.find((candidate) => candidate.name === name);
  if (backup === undefined) throw refusal("backupGone");
  return backup;
}

/** Movements that were posted after an instant. */
export function lostSince(store: Store, at: string): number {
  return store.movements.filter((movement) => movement.at > at).length;
}

/** Backups, restores and where the database came from. */
export function backupCommands(store: Store): Pick<Commands, BackupCommand> {
  return {
    takeBackup: () => {
      const backup = fakeBackup(new Date(), { place: store.backup.settings.second === null ? "once" : "twice" });
      store.backups.unshift(backup);
      store.changed("backup");
      return Promise.resolve(backup);
    },
    cancelBackup: () => {
      tellWork(store, null);
      return Promise.resolve(null);
    },
    backupWork: () => Promise.resolve(store.backup.work),
    backupOverview: async () => {
      if (store.backup.health.elsewhere) throw refusal("backupsElsewhere");
      return Promise.resolve({
        backups: structuredClone(store.backups),
        settings: structuredClone(store.backup.settings),
        ownFolder: "/home/ombor/backups",
        disks: ["/media/malika/KINGSTON"],
        health: structuredClone(store.backup.health),
        nextAt: new Date(Date.now() + DAY_MS / 2).toISOString(),
      });
    },
    verifyBackup: async (name) => {
      found(store, name);
      return Promise.resolve(null);
    },
    saveBackupSettings: async (settings) => {
      if (settings.second !== null && settings.second === settings.folder) throw refusal("backupSameFolder");
      store.backup.settings = structuredClone(settings);
      store.changed("backup");
      return Promise.resolve(null);
    },
    weighRestore: async (name) => {
      const backup = found(store, name);
      if (!backup.own) throw refusal("backupOfOther");
      const movements = lostSince(store, backup.takenAt);
      return Promise.resolve({
        backup,
        documents: movements,
        movements,
        after: backup.takenAt,
        word: store.settings.warehouseName,
      });
    },
    restoreBackup: async ({ name, ...typed }) => {
      const { takenAt } = found(store, name);
      working(store, "restoring", "dumping");
      try {
        return await Promise.resolve(goBack(store, name, takenAt, typed));
      } finally {
        tellWork(store, null);
      }
    },
    restoreOutcome: () => Promise.resolve(store.backup.outcome),
    lineageNotice: () => Promise.resolve(store.backup.notice),
    settleLineage: () => {
      store.backup.notice = null;
      store.changed("backup");
      return Promise.resolve(null);
    },
  };
}

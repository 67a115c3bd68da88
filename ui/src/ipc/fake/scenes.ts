import type { Backend } from "@/ipc/backend";
import type { FaceView, Locale } from "@/ipc/bindings";
import { createFake, type Fake } from "@/ipc/fake";
import { fakeBackup, tellWork } from "@/ipc/fake/backupCommands";
import { crowd } from "@/ipc/fake/crowd";
import type { FakeEnrolment } from "@/ipc/fake/enrolment";
import { fakeJournal } from "@/ipc/fake/journalCommands";
import { history, oldMovements } from "@/ipc/fake/history";
import { tellTakeover } from "@/ipc/fake/takeoverCommands";

/*
 * Addresses of a plain browser: `?role=operator&scene=refused&locale=ru&theme=dark` opens the window as that person in that
 * state. Without a role it opens at the login (`parol-2026` lets in malika, dilshod and nodira).
 */

const NESCAFE = "4820000123457";
const PEPSI = "4820000123471";
const NESQUIK = "4820000123488";
const ARIEL = "4820000123464";

/** A scene stands still: nothing goes on by itself. */
const NEVER_MS = 86_400_000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

type Play = (fake: Fake) => void;

function type(fake: Fake, code: string, digits: string): void {
  fake.desk.read(code);
  for (const digit of digits) fake.desk.key(digit as "0");
  fake.desk.key("enter");
}

const gather: Play = (fake) => {
  type(fake, NESQUIK, "6");
  type(fake, PEPSI, "12");
};

/** A document that waits before the camera, which shows just this. */
const waiting =
  (face: Partial<FaceView>): Play =>
  (fake) => {
    gather(fake);
    type(fake, NESCAFE, "3");
    crowd(fake.store);
    fake.desk.face.obstacle = face.hint ?? "notKnown";
    fake.desk.face.stepMs = NEVER_MS;
    fake.desk.key("enter");
    fake.desk.face.show(face);
  };

/** What the enrolment on its page will come to. */
const enrolling =
  (prepare: (enrolment: FakeEnrolment) => void): Play =>
  (fake) => {
    crowd(fake.store);
    prepare(fake.enrolment);
  };

/** A week of backups; one lies on the second disk alone, one is another warehouse's. */
const shelf: Play = (fake) => {
  const daysAgo = (days: number, own: Parameters<typeof fakeBackup>[1]) =>
    fakeBackup(new Date(Date.now() - days * DAY_MS - 3 * HOUR_MS), own);
  fake.store.backups = [
    daysAgo(0, { place: "twice" }),
    daysAgo(1, { place: "twice", movements: 1251 }),
    daysAgo(2, { movements: 1198, faults: 1 }),
    daysAgo(5, { place: "secondOnly", movements: 1003 }),
    daysAgo(9, { own: false, movements: 77 }),
  ];
  fake.store.backup.settings.second = "/media/malika/KINGSTON";
};

const scenes: Readonly<Record<string, Play>> = {
  blink: waiting({ hint: "blink", progress: 0.8 }),
  turnLeft: waiting({ hint: "turnLeft", progress: 0.8 }),
  turnRight: waiting({ hint: "turnRight", progress: 0.8 }),
  notLive: waiting({ hint: "notLive", progress: 0 }),
  scanBadge: waiting({ hint: "scanBadge", progress: 0 }),
  claimed: waiting({ hint: "holdStill", progress: 0.5, claimedName: "Aziza Karimova" }),
  cameraMissing: waiting({ hint: "cameraMissing" }),
  cameraBusy: waiting({ hint: "cameraBusy" }),
  cameraBlack: waiting({ hint: "cameraBlack" }),
  cameraUpsideDown: waiting({ hint: "cameraUpsideDown" }),
  nobodyEnrolled: waiting({ hint: "nobodyEnrolled" }),
  waysOn: waiting({ hint: "notKnown", waysOn: true }),
  vouchingOff: (fake) => {
    fake.store.settings.vouching = false;
    waiting({ hint: "cameraMissing", waysOn: true })(fake);
  },
  vouching: waiting({ hint: "lookHere", waysOn: false, vouchingFor: "Bekzod Toshmatov" }),
  gate: (fake) => {
    crowd(fake.store);
  },
  resembles: enrolling((enrolment) => {
    enrolment.stepMs = 20;
    enrolment.resembles = "Aziza Karimova";
  }),
  selfTest: enrolling((enrolment) => {
    enrolment.stepMs = 20;
    enrolment.failsSelfTest = true;
  }),
  enrolled: enrolling((enrolment) => {
    enrolment.stepMs = 20;
  }),
  ready: () => undefined,
  product: (fake) => {
    gather(fake);
    type(fake, NESCAFE, "3");
    fake.desk.face.show({ active: true, hint: "closer", progress: 0 });
  },
  face: (fake) => {
    gather(fake);
    type(fake, NESCAFE, "3");
    fake.desk.face.show({ active: true, hint: "holdStill", progress: 0.65 });
  },
  saved: (fake) => {
    gather(fake);
    type(fake, NESCAFE, "3");
    fake.desk.confirm(246_000);
    fake.desk.key("enter");
  },
  refused: (fake) => {
    gather(fake);
    fake.desk.confirm(246_000);
    type(fake, NESCAFE, "50");
  },
  unknown: (fake) => {
    fake.desk.read("4780000000017");
  },
  low: (fake) => {
    fake.desk.key("in");
    type(fake, ARIEL, "0");
    fake.desk.key("1");
    fake.desk.key("2");
  },
  typing: (fake) => {
    fake.desk.read(NESCAFE);
    fake.desk.key("1");
    fake.desk.key("2");
  },
  backups: (fake) => {
    shelf(fake);
  },
  backupRunning: (fake) => {
    shelf(fake);
    tellWork(fake.store, { kind: "taking", step: "comparing", safety: false, bytes: null, automatic: true });
  },
  journal: (fake) => {
    shelf(fake);
    fake.store.journal = { kind: "on", state: fakeJournal() };
  },
  journalGap: (fake) => {
    shelf(fake);
    const until = new Date(Date.now() - DAY_MS).toISOString();
    const since = new Date(Date.now() - 3 * DAY_MS).toISOString();
    fake.store.journal = { kind: "on", state: fakeJournal({ reach: { since, until, hasGap: true } }) };
  },
  journalStopped: (fake) => {
    shelf(fake);
    fake.store.journal = { kind: "on", state: fakeJournal({ isStopped: true }) };
    fake.store.backup.health = { state: "warning", lastAt: null, failure: "journalStopped", elsewhere: false };
  },
  journalElsewhere: (fake) => {
    shelf(fake);
    fake.store.journal = { kind: "elsewhere" };
  },
  goingBack: (fake) => {
    shelf(fake);
    fake.store.journal = { kind: "on", state: fakeJournal() };
    tellWork(fake.store, { kind: "goingBack", step: "recovering", safety: false, bytes: null, automatic: false });
  },
  backupsElsewhere: (fake) => {
    fake.store.journal = { kind: "elsewhere" };
    fake.store.backup.health = { state: "idle", lastAt: null, failure: null, elsewhere: true };
  },
  olderCopy: (fake) => {
    shelf(fake);
    fake.store.backup.notice = {
      kind: "older",
      documents: 12,
      newestAt: new Date(Date.now() - DAY_MS).toISOString(),
      knownUntil: new Date().toISOString(),
    };
  },
  restored: (fake) => {
    shelf(fake);
    const takenAt = new Date(Date.now() - DAY_MS).toISOString();
    fake.store.backup.outcome = { name: "ombor", takenAt, documents: 5, movements: 12, safety: fakeBackup(new Date()).name };
  },
  oldMovements: (fake) => {
    fake.store.oldMovements = oldMovements();
  },
  takingOver: (fake) => {
    tellTakeover(fake.store, { step: "writing", done: 48_000, of: 112_500 });
  },
  starting: (fake) => {
    fake.store.start = { phase: "starting", step: "recoveringDatabase", failure: null, locale: null };
  },
  failed: (fake) => {
    const failure = { code: "diskFull", params: {}, lines: [] } as const;
    fake.store.start = { phase: "failed", step: null, failure: { ...failure, lines: [] }, locale: null };
  },
  firstRun: (fake) => {
    fake.store.start = { phase: "needsSetup", step: null, failure: null, locale: null };
  },
};

/** A fake that stands where the address says. */
export function openScene(address: URLSearchParams): Backend {
  const fake = createFake();
  fake.store.start.locale = (address.get("locale") as Locale | null) ?? null;
  const theme = address.get("theme");
  if (theme !== null) localStorage.setItem("mantine-color-scheme-value", theme);
  const role = address.get("role");
  const user = fake.store.users.find((candidate) => candidate.role === role);
  if (user !== undefined) {
    const { id: userId, login, name } = user;
    fake.store.session = { sessionId: "session-scene", userId, login, name, role: user.role, idleSeconds: 1800 };
  }
  history(fake);
  scenes[address.get("scene") ?? "ready"]?.(fake);
  return fake;
}

import type { Backend } from "@/ipc/backend";
import type { StationHealth } from "@/ipc/bindings";
import { backupCommands } from "@/ipc/fake/backupCommands";
import { catalogueCommands } from "@/ipc/fake/catalogueCommands";
import { FakeDesk } from "@/ipc/fake/desk";
import { FakeEnrolment } from "@/ipc/fake/enrolment";
import { faceCommands } from "@/ipc/fake/faceCommands";
import { journalCommands } from "@/ipc/fake/journalCommands";
import { ledgerCommands } from "@/ipc/fake/ledgerCommands";
import { listCommands } from "@/ipc/fake/listCommands";
import { peopleCommands } from "@/ipc/fake/peopleCommands";
import { fakeCamera } from "@/ipc/fake/pictures";
import { Store } from "@/ipc/fake/store";
import { takeoverCommands } from "@/ipc/fake/takeoverCommands";

/** A desk in memory, for a plain browser and for tests: same commands, same events, nothing kept. */
export interface Fake extends Backend {
  store: Store;
  desk: FakeDesk;
  enrolment: FakeEnrolment;
}

/** A warehouse that opened this morning. */
export function createFake(): Fake {
  const store = new Store();
  const desk = new FakeDesk(store);
  const enrolment = new FakeEnrolment(store);
  const health: StationHealth = {
    scanner: { state: "ok", lastScanAt: new Date().toISOString() },
    camera: { state: "ok", name: "USB Camera" },
    database: { state: "ok" },
    sound: { state: "ok" },
    backup: { state: "ok", lastAt: new Date(new Date().setHours(13, 0, 0, 0)).toISOString(), failure: null, elsewhere: false },
  };
  return {
    store,
    desk,
    enrolment,
    listen: (name, onEvent, onStanding) => store.listen(name, onEvent, onStanding),
    watchCamera: fakeCamera,
    commands: {
      ...catalogueCommands(store),
      ...peopleCommands(store, enrolment),
      ...ledgerCommands(store),
      ...backupCommands(store),
      ...journalCommands(store),
      ...takeoverCommands(store),
      ...listCommands(store),
      startStatus: () => Promise.resolve(store.start),
      retryStart: () => {
        store.start = { phase: "ready", step: null, failure: null, locale: store.settings.locale };
        store.emit("startChanged", store.start);
        return Promise.resolve(null);
      },
      deskState: () => Promise.resolve(desk.state()),
      deskScan: (strokes) => Promise.resolve(desk.scan(strokes)),
      deskKey: (key) => Promise.resolve(desk.key(key)),
      deskTypeCode: (code) => Promise.resolve(desk.read(code)),
      deskTakeLine: (index) => Promise.resolve(desk.takeLine(index)),
      scanLookup: (strokes) => {
        const code = strokes.map((stroke) => (stroke.key.length === 1 ? stroke.key : "")).join("");
        return Promise.resolve({ code, productId: store.productByCode(code)?.product.id ?? null });
      },
      stationHealth: () =>
        Promise.resolve(store.backup.health.elsewhere ? { ...health, backup: store.backup.health } : health),
      ...faceCommands(store, desk),
    },
  };
}

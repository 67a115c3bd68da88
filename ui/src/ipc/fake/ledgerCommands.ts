import type { Commands } from "@/ipc/backend";
import type { Movement, MovementQuery, OldMovement, Today, Turnover } from "@/ipc/bindings";
import { recent } from "@/ipc/fake/desk";
import { codePicture } from "@/ipc/fake/pictures";
import { FAKE_PASSWORD } from "@/ipc/fake/peopleCommands";
import { decimal, refusal, type Store } from "@/ipc/fake/store";

type LedgerCommand =
  | "listMovements"
  | "listOldMovements"
  | "reverseMovement"
  | "today"
  | "listAudit"
  | "getSettings"
  | "saveSettings"
  | "setLocale"
  | "controlCards";

const WEEK: readonly (readonly [string, string])[] = [
  ["610", "850"],
  ["930", "710"],
  ["1210", "970"],
  ["180", "120"],
  ["1350", "890"],
  ["770", "1030"],
];

function matches(movement: Movement, query: MovementQuery): boolean {
  const text = query.text?.trim().toLowerCase() ?? "";
  return (
    (query.productId === null || movement.productId === query.productId) &&
    (query.kind === null || movement.kind === query.kind) &&
    (query.from === null || movement.at >= query.from) &&
    (query.to === null || movement.at < query.to) &&
    (text === "" || movement.productName.toLowerCase().includes(text) || movement.documentNumber.includes(text))
  );
}

function pageOf<Row>(rows: Row[], after: string | null, limit: number): { rows: Row[]; next: string | null } {
  const start = after === null ? 0 : Number(after);
  const end = start + limit;
  return { rows: structuredClone(rows.slice(start, end)), next: end < rows.length ? String(end) : null };
}

function turnover(movements: Movement[], direction: "in" | "out"): Turnover {
  const counted = movements.filter((movement) => movement.direction === direction);
  return {
    quantity: decimal(counted.reduce((sum, movement) => sum + Number(movement.quantity), 0)),
    documents: new Set(counted.map((movement) => movement.documentId)).size,
  };
}

function todayOf(store: Store): Today {
  const received = turnover(store.movements, "in");
  const issued = turnover(store.movements, "out");
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const below = store.products.filter((product) => product.belowMinimum);
  return {
    date: day(0),
    stockValue: decimal(store.products.reduce((sum, product) => sum + Number(product.price) * Number(product.onHand), 0)),
    currency: store.settings.currency,
    productCount: store.products.length,
    in: received,
    out: issued,
    belowMinimum: structuredClone(below),
    belowMinimumCount: below.length,
    days: [
      ...WEEK.map(([coming, going], at) => ({ date: day(WEEK.length - at), in: coming, out: going })),
      { date: day(0), in: received.quantity, out: issued.quantity },
    ],
    recent: store.movements.slice(0, 8).map(recent),
    lastBackupAt: store.backups[0]?.takenAt ?? null,
    backupsElsewhere: store.backup.health.elsewhere,
  };
}

function reverse(store: Store, movementId: string): Movement {
  const movement = store.movements.find((candidate) => candidate.id === movementId);
  if (movement === undefined || movement.kind === "reversal") throw refusal("notReversible");
  if (movement.reversed) throw refusal("alreadyReversed");
  const direction = movement.direction === "in" ? "out" : "in";
  store.move(store.product(movement.productId), Number(movement.quantity) * (direction === "in" ? 1 : -1));
  movement.reversed = true;
  const reversal: Movement = {
    ...movement,
    id: `movement-${String(store.nextNumber())}`,
    documentNumber: String(1283 + store.nextNumber()),
    kind: "reversal",
    direction,
    from: movement.to,
    to: movement.from,
    at: new Date().toISOString(),
    userName: store.session?.name ?? "",
    employeeName: null,
    method: null,
    reversed: false,
    reversalOf: movementId,
  };
  store.movements.unshift(reversal);
  return reversal;
}

/** History, the day, the audit log and settings. */
export function ledgerCommands(store: Store): Pick<Commands, LedgerCommand> {
  return {
    listMovements: (query) =>
      Promise.resolve(
        pageOf(
          store.movements.filter((movement) => matches(movement, query)),
          query.after,
          query.limit,
        ),
      ),
    listOldMovements: ({ text, from, to, after, limit }) => {
      const fits = ({ product, writtenAt }: OldMovement) =>
        (product ?? "").toLowerCase().includes(text.toLowerCase()) &&
        (from === null || (writtenAt ?? "").slice(0, 10) >= from) &&
        (to === null || (writtenAt ?? "~").slice(0, 10) <= to);
      return Promise.resolve(pageOf(store.oldMovements.filter(fits), after, limit));
    },
    reverseMovement: async ({ movementId, password, reason }) => {
      if (password !== FAKE_PASSWORD) throw refusal("wrongPassword");
      if (reason.trim() === "") throw refusal("reasonMissing");
      const reversal = reverse(store, movementId);
      store.note("reverseMovement", reversal.productName, reason);
      store.changed("movement", "stock", "audit");
      return Promise.resolve(structuredClone(reversal));
    },
    today: () => Promise.resolve(todayOf(store)),
    listAudit: (after, limit) => Promise.resolve(pageOf(store.audit, after, limit)),
    getSettings: () => Promise.resolve(structuredClone(store.settings)),
    saveSettings: (settings) => {
      store.settings = structuredClone(settings);
      store.changed("settings");
      return Promise.resolve(structuredClone(settings));
    },
    setLocale: (locale) => {
      store.settings.locale = locale;
      return Promise.resolve(null);
    },
    controlCards: () =>
      Promise.resolve([
        { command: "in", code: "2801000000004", quantity: null, pngDataUrl: codePicture("2801000000004") },
        { command: "out", code: "2802000000003", quantity: null, pngDataUrl: codePicture("2802000000003") },
        { command: "save", code: "2803000000002", quantity: null, pngDataUrl: codePicture("2803000000002") },
        { command: "cancel", code: "2804000000001", quantity: null, pngDataUrl: codePicture("2804000000001") },
        { command: "quantity", code: "2805000000109", quantity: 10, pngDataUrl: codePicture("2805000000109") },
      ]),
  };
}

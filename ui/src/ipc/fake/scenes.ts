import type { Locale, Movement } from "@/ipc/bindings";
import { createFake, type Fake } from "@/ipc/fake";
import type { Backend } from "@/ipc/backend";

/*
 * Addresses of a plain browser: `?role=operator&scene=refused&locale=ru&theme=dark` opens the window as that person in that
 * state. Without a role it opens at the login (`parol-2026` lets in malika, dilshod and nodira).
 */

const NESCAFE = "4820000123457";
const PEPSI = "4820000123471";
const NESQUIK = "4820000123488";
const ARIEL = "4820000123464";

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

const scenes: Readonly<Record<string, Play>> = {
  ready: () => undefined,
  product: (fake) => {
    gather(fake);
    type(fake, NESCAFE, "3");
    fake.desk.face = { active: true, hint: "closer", progress: 0 };
  },
  face: (fake) => {
    gather(fake);
    type(fake, NESCAFE, "3");
    fake.desk.face = { active: true, hint: "holdStill", progress: 0.65 };
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

/** What moved before the window opened. */
function history(fake: Fake): void {
  const moved: [sku: string, direction: "in" | "out", quantity: string, minutesAgo: number][] = [
    ["10390", "in", "40", 34],
    ["30018", "out", "12", 8],
    ["10511", "out", "6", 8],
    ["10077", "in", "24", 5],
  ];
  for (const [sku, direction, amount, minutesAgo] of moved) {
    const product = fake.store.products.find((candidate) => candidate.sku === sku);
    if (product === undefined) continue;
    const number = String(1270 + fake.store.nextNumber());
    const movement: Movement = {
      id: `movement-${number}`,
      documentId: `document-${number}`,
      documentNumber: number,
      kind: direction === "in" ? "receipt" : "issue",
      productId: product.id,
      productName: product.name,
      sku,
      quantity: amount,
      unit: product.unit,
      from: direction === "in" ? "supplier" : "internal",
      to: direction === "in" ? "internal" : "customer",
      direction,
      at: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
      userName: "Dilshod",
      employeeName: "Aziza Karimova",
      method: "face",
      reversed: false,
      reversalOf: null,
    };
    fake.store.movements.unshift(movement);
  }
}

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

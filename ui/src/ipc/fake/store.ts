import type { EventName, EventPayload, Release } from "@/ipc/backend";
import type {
  AuditEntry,
  Backup,
  BackupHealth,
  BackupSettings,
  BackupWork,
  CameraName,
  ChangeTag,
  Employee,
  ErrorCode,
  Journal,
  LineageNotice,
  ListOrder,
  Movement,
  OldMovement,
  Product,
  RestoreOutcome,
  Session,
  Settings,
  StartStatus,
  TakeoverPreview,
  TakeoverWork,
  User,
} from "@/ipc/bindings";
import { CommandFailure } from "@/ipc/failure";
import { seededProducts } from "@/ipc/fake/catalogue";

type Listener = (payload: never) => void;

/** A refusal as the desk would send it. */
export function refusal(code: ErrorCode, params: Record<string, string> = {}): CommandFailure {
  return new CommandFailure({ code, params, lines: [] });
}

/** Everything that the fake remembers; it is gone with the page. */
export class Store {
  start: StartStatus = { phase: "ready", step: null, failure: null, locale: "uz-Latn" };
  session: Session | null = null;
  products: Product[] = seededProducts();
  extraCategories: string[] = [];
  employees: Employee[] = [
    employee("employee-0", "Aziza Karimova", "2700000000017", "2026-11-20T06:10:00.000Z", 2, 92),
    employee("employee-1", "Bekzod Toshmatov", "2700000000024", null),
  ];
  users: User[] = [
    { id: "user-0", login: "malika", name: "Malika Yusupova", role: "admin", active: true, locked: false, lockedUntil: null },
    { id: "user-1", login: "dilshod", name: "Dilshod", role: "operator", active: true, locked: false, lockedUntil: null },
    { id: "user-2", login: "nodira", name: "Nodira", role: "viewer", active: true, locked: false, lockedUntil: null },
  ];
  /** Logins whose password is good for choosing another. */
  givenPasswords = new Set<string>();
  movements: Movement[] = [];
  audit: AuditEntry[] = [];
  backups: Backup[] = [];
  journal: Journal = { kind: "off", folder: "/home/ombor/backups", disks: ["/media/malika/KINGSTON"] };
  backup: {
    settings: BackupSettings;
    work: BackupWork | null;
    outcome: RestoreOutcome | null;
    notice: LineageNotice | null;
    health: BackupHealth;
  } = {
    settings: {
      folder: null,
      second: null,
      dailyAt: "13:00",
      hourly: true,
      keep: { hourly: 24, daily: 7, weekly: 4, monthly: 12 },
    },
    work: null,
    outcome: null,
    notice: null,
    health: { state: "ok", lastAt: null, failure: null, elsewhere: false },
  };
  /** Lists that were saved. */
  saved: ListOrder[] = [];
  oldMovements: OldMovement[] = [];
  takeover: { preview: TakeoverPreview | null; work: TakeoverWork | null } = { preview: null, work: null };
  cameras: CameraName[] = [
    { index: 0, name: "USB Camera" },
    { index: 2, name: "Logitech HD Webcam C270" },
  ];
  settings: Settings = {
    locale: "uz-Latn",
    theme: "system",
    soundVolume: 80,
    frameSource: { kind: "camera", index: 0 },
    idleMinutes: 30,
    warehouseName: "Markaziy ombor",
    zone: "Asia/Tashkent",
    currency: "UZS",
    maxGapMs: 60,
    confirmationMode: "face",
    liveness: true,
    vouching: true,
    facePatienceSeconds: 6,
    autostart: false,
  };
  private readonly listeners = new Map<EventName, Set<Listener>>();
  private lastNumber = 0;

  /** A number that was never given before. */
  nextNumber(): number {
    this.lastNumber += 1;
    return this.lastNumber;
  }

  listen<Name extends EventName>(
    name: Name,
    onEvent: (payload: EventPayload<Name>) => void,
    onStanding?: () => void,
  ): Release {
    const set = this.listeners.get(name) ?? new Set<Listener>();
    this.listeners.set(name, set);
    set.add(onEvent);
    if (onStanding !== undefined) queueMicrotask(onStanding);
    return () => set.delete(onEvent);
  }

  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void {
    this.listeners.get(name)?.forEach((listener) => {
      listener(payload as never);
    });
  }

  changed(...tags: ChangeTag[]): void {
    this.emit("changed", { tags });
  }

  note(action: string, object: string | null, details: string): void {
    this.audit.unshift({
      id: String(this.nextNumber()),
      at: new Date().toISOString(),
      userName: this.session?.name ?? null,
      action,
      object,
      details,
      sealed: false,
    });
  }

  product(id: string): Product {
    const product = this.products.find((candidate) => candidate.id === id);
    if (product === undefined) throw refusal("productNotFound");
    return product;
  }

  productByCode(code: string): { product: Product; quantity: string } | null {
    for (const product of this.products) {
      const entry = product.codes.find((candidate) => candidate.code === code);
      if (entry !== undefined) return { product, quantity: entry.quantity };
      if (product.ownLabel === code) return { product, quantity: "1" };
    }
    return null;
  }

  /** Moves stock and keeps the product's own figures true. */
  move(product: Product, difference: number): void {
    product.onHand = decimal(Number(product.onHand) + difference);
    product.belowMinimum = product.minStock !== null && Number(product.onHand) < Number(product.minStock);
  }
}

/** At most three digits after the point, none for nothing. */
export function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** An employee as the store begins with; without a date their face is not known. */
export function employee(
  id: string,
  name: string,
  badgeCode: string,
  enrolledAt: string | null,
  lights = 0,
  quality: number | null = null,
): Employee {
  return {
    id,
    name,
    badgeCode,
    active: true,
    enrolledAt,
    templateCount: 10 * lights,
    lights,
    quality,
    lastConfirmedAt: null,
  };
}

import type {
  Card,
  ConfirmationView,
  DeskKey,
  DeskLine,
  DeskState,
  Direction,
  KeyStroke,
  Movement,
  Notice,
  NoticeCode,
  NoticeKind,
  Phase,
  Product,
  RecentMovement,
} from "@/ipc/bindings";
import { FakeFace } from "@/ipc/fake/face";
import { decimal, type Store } from "@/ipc/fake/store";

const CONFIRMATION_MS = 300_000;

interface Line {
  product: Product;
  code: string;
  quantity: number;
}

const COMMANDS: Readonly<Record<string, DeskKey>> = {
  "01": "in",
  "02": "out",
  "03": "enter",
  "04": "escape",
};

/** The worker's flow, simply: enough of the desk's rules that every screen can be reached. */
export class FakeDesk {
  private revision = 0;
  private mode: Direction = "out";
  private phase: Phase = "ready";
  private lines: Line[] = [];
  private entry: string | null = null;
  private notice: Notice | null = null;
  private unknownCode: string | null = null;
  private savedCard: Card | null = null;
  private confirmation: { view: ConfirmationView; until: number } | null = null;
  readonly face: FakeFace;

  constructor(private readonly store: Store) {
    this.face = new FakeFace(store);
  }

  state(): DeskState {
    const [first] = this.lines;
    const sameUnit = first !== undefined && this.lines.every((line) => line.product.unit === first.product.unit);
    return {
      revision: this.revision,
      mode: this.mode,
      phase: this.phase,
      card: this.phase === "saved" ? this.savedCard : this.card(),
      entry: this.entry,
      lines: this.lines.map((line, at) => this.deskLine(line, at)).reverse(),
      totalQuantity: sameUnit ? decimal(this.lines.reduce((sum, line) => sum + line.quantity, 0)) : "0",
      unitSymbol: sameUnit ? first.product.unit : null,
      notice: this.notice,
      confirmation: this.currentConfirmation(),
      recent: this.store.movements.slice(0, 8).map(recent),
      canCreateProduct: this.unknownCode !== null && this.store.session?.role === "admin",
      unknownCode: this.unknownCode,
    };
  }

  scan(strokes: KeyStroke[]): DeskState {
    return this.read(strokes.map((stroke) => (stroke.key.length === 1 ? stroke.key : "")).join(""));
  }

  /** A code, whether it was scanned or typed. */
  read(code: string): DeskState {
    const found = this.store.productByCode(code);
    if (found === null && /^28\d{11}$/.test(code)) return this.command(code);
    this.beginAnew();
    if (found === null) {
      this.unknownCode = code;
      return this.refuse("unknownCode", { code });
    }
    if (!found.product.active) return this.refuse("productInactive", { name: found.product.name });
    this.commitEntry();
    const last = this.lines.at(-1);
    if (last?.product === found.product) last.quantity += Number(found.quantity);
    else this.lines.push({ product: found.product, code, quantity: Number(found.quantity) });
    this.phase = "gathering";
    return this.checkStock();
  }

  key(key: DeskKey): DeskState {
    switch (key) {
      case "in":
      case "out":
        return this.changeMode(key);
      case "escape":
        return this.cancel();
      case "backspace":
        return this.back();
      case "enter":
        return this.enter();
      case "point":
        return this.type(".");
      default:
        return this.type(key);
    }
  }

  takeLine(index: number): DeskState {
    this.lines.splice(index - 1, 1);
    if (this.lines.length === 0) this.phase = "ready";
    return this.publish();
  }

  private command(code: string): DeskState {
    const key = COMMANDS[code.slice(2, 4)];
    if (key !== undefined) return this.key(key);
    const last = this.lines.at(-1);
    if (last === undefined) return this.tell("warning", "quantityInvalid");
    last.quantity = Number(code.slice(4, 12));
    return this.checkStock();
  }

  private type(digit: string): DeskState {
    if (this.phase !== "gathering" && this.phase !== "refused") return this.publish();
    this.beginAnew();
    this.entry = (this.entry ?? "") + digit;
    return this.publish();
  }

  private enter(): DeskState {
    if (this.entry !== null) {
      this.commitEntry();
      return this.checkStock();
    }
    if (this.lines.length === 0) return this.tell("info", "nothingToSave");
    if (this.currentConfirmation() !== null) return this.save();
    this.phase = "face";
    this.notice = null;
    this.lookForFace();
    return this.publish();
  }

  private back(): DeskState {
    if (this.entry !== null) this.entry = this.entry.slice(0, -1) || null;
    else this.lines.pop();
    this.beginAnew();
    if (this.lines.length === 0) this.phase = "ready";
    return this.publish();
  }

  private cancel(): DeskState {
    this.face.rest();
    this.lines = [];
    this.entry = null;
    this.unknownCode = null;
    this.phase = "ready";
    return this.tell("info", "cancelled");
  }

  private changeMode(mode: Direction): DeskState {
    if (this.lines.length > 0 && mode !== this.mode) return this.tell("warning", "finishFirst");
    this.mode = mode;
    this.beginAnew();
    return this.publish();
  }

  private beginAnew(): void {
    this.face.rest();
    this.notice = null;
    this.unknownCode = null;
    if (this.phase !== "ready") this.phase = this.lines.length === 0 ? "ready" : "gathering";
  }

  private commitEntry(): void {
    const last = this.lines.at(-1);
    const typed = Number(this.entry);
    if (last !== undefined && this.entry !== null && typed > 0) last.quantity = typed;
    this.entry = null;
  }

  private checkStock(): DeskState {
    const last = this.lines.at(-1);
    if (this.mode === "out" && last !== undefined) {
      const wanted = this.lines
        .filter((line) => line.product === last.product)
        .reduce((sum, line) => sum + line.quantity, 0);
      if (wanted > Number(last.product.onHand)) {
        this.lines.pop();
        this.refuse("insufficientStock", {}, last.product, wanted);
        return this.state();
      }
    }
    this.notice = null;
    return this.publish();
  }

  private refuse(code: NoticeCode, params: Record<string, string>, product?: Product, wanted = 0): DeskState {
    this.phase = "refused";
    this.tell("refused", code, params);
    if (product !== undefined && this.notice !== null) {
      const { id, sku, name, unit, onHand } = product;
      this.notice.lines = [{ productId: id, sku, name, unit, wanted: decimal(wanted), available: onHand }];
    }
    return this.publish();
  }

  private tell(kind: NoticeKind, code: NoticeCode, params: Record<string, string> = {}): DeskState {
    this.notice = { kind, code, params, lines: [] };
    return this.publish();
  }

  private save(): DeskState {
    this.face.rest();
    const documentNumber = String(1283 + this.store.nextNumber());
    const last = this.lines.at(-1);
    for (const line of this.lines) this.post(line, documentNumber);
    const lineCount = String(this.lines.length);
    this.savedCard = last === undefined ? null : this.cardOf(last, last.product.onHand);
    const total = this.state();
    this.lines = [];
    this.phase = "saved";
    this.store.changed("stock", "movement");
    return this.tell("saved", "saved", {
      number: documentNumber,
      lineCount,
      quantity: total.totalQuantity,
      unit: total.unitSymbol ?? "",
    });
  }

  private post(line: Line, documentNumber: string): void {
    const coming = this.mode === "in";
    this.store.move(line.product, coming ? line.quantity : -line.quantity);
    const movement: Movement = {
      id: `movement-${String(this.store.nextNumber())}`,
      documentId: `document-${documentNumber}`,
      documentNumber,
      kind: coming ? "receipt" : "issue",
      productId: line.product.id,
      productName: line.product.name,
      sku: line.product.sku,
      quantity: decimal(line.quantity),
      unit: line.product.unit,
      from: coming ? "supplier" : "internal",
      to: coming ? "internal" : "customer",
      direction: this.mode,
      at: new Date().toISOString(),
      userName: this.store.session?.name ?? "",
      employeeName: this.confirmation?.view.employeeName ?? null,
      method: this.confirmation?.view.method ?? null,
      reversed: false,
      reversalOf: null,
    };
    this.store.movements.unshift(movement);
  }

  private lookForFace(): void {
    this.face.look(() => {
      this.confirm();
      this.save();
    });
  }

  /** Looks anew, for the employee's own face. */
  retryFace(): void {
    if (this.phase !== "face") return;
    this.face.show({ vouchingFor: null });
    this.lookForFace();
  }

  /** Looks for another employee's face. */
  vouchWithFace(employeeId: string): void {
    const employee = this.store.employees.find((candidate) => candidate.id === employeeId);
    this.face.obstacle = null;
    this.face.show({ vouchingFor: employee?.name ?? null });
    this.face.look(() => {
      this.vouchedFor(employeeId, "vouched_face");
    });
  }

  /** Somebody else answered for an employee. */
  vouchedFor(employeeId: string, method: string): void {
    this.confirm(CONFIRMATION_MS, employeeId, method);
    this.save();
  }

  /** The first enrolled employee looks into the camera, or somebody else is confirmed in another way. */
  confirm(leftMs: number = CONFIRMATION_MS, employeeId: string | null = null, method = "face"): void {
    const employee = this.store.employees.find((candidate) =>
      employeeId === null ? candidate.enrolledAt !== null : candidate.id === employeeId,
    );
    if (employee === undefined) return;
    const until = Date.now() + leftMs;
    const view: ConfirmationView = {
      employeeId: employee.id,
      employeeName: employee.name,
      method,
      validUntil: new Date(until).toISOString(),
      remainingMs: leftMs,
      totalMs: CONFIRMATION_MS,
    };
    this.confirmation = { view, until };
  }

  private currentConfirmation(): ConfirmationView | null {
    if (this.confirmation === null) return null;
    const remainingMs = this.confirmation.until - Date.now();
    return remainingMs <= 0 ? null : { ...this.confirmation.view, remainingMs };
  }

  private card(): Card | null {
    const last = this.lines.at(-1);
    return last === undefined ? null : this.cardOf(last, this.deskLine(last, this.lines.length - 1).after);
  }

  private cardOf({ product, code, quantity }: Line, after: string): Card {
    return {
      productId: product.id,
      name: product.name,
      sku: product.sku,
      code,
      category: product.category,
      unit: product.unit,
      onHand: product.onHand,
      after,
      minStock: product.minStock,
      belowMinimum: product.minStock !== null && Number(after) < Number(product.minStock),
      quantity: decimal(quantity),
      hasPicture: product.hasPicture,
    };
  }

  private deskLine({ product, quantity }: Line, at: number): DeskLine {
    const sign = this.mode === "in" ? 1 : -1;
    const earlier = this.lines
      .slice(0, at)
      .filter((line) => line.product === product)
      .reduce((sum, line) => sum + line.quantity, 0);
    const before = Number(product.onHand) + sign * earlier;
    return {
      index: at + 1,
      productId: product.id,
      name: product.name,
      quantity: decimal(quantity),
      unit: product.unit,
      before: decimal(before),
      after: decimal(before + sign * quantity),
    };
  }

  private publish(): DeskState {
    this.revision += 1;
    const state = this.state();
    this.store.emit("deskChanged", state);
    return state;
  }
}

/** A movement as the lists of the last ones show it. */
export function recent(movement: Movement): RecentMovement {
  return {
    movementId: movement.id,
    productName: movement.productName,
    direction: movement.direction ?? "in",
    quantity: movement.quantity,
    unit: movement.unit,
    at: movement.at,
    employeeName: movement.employeeName,
  };
}

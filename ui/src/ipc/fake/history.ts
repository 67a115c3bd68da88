import type { Movement, OldMovement } from "@/ipc/bindings";
import type { Fake } from "@/ipc/fake";

/** What moved before the window opened. */
export function history(fake: Fake): void {
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

/** What came over from an old program, as that program wrote it. */
export function oldMovements(): OldMovement[] {
  const written: [writtenAt: string | null, direction: "in" | "out" | null, product: string, quantity: string, note: string | null][] = [
    ["2024-05-01 09:00:00", "in", "Coca-Cola 1,5 L", "120", "Yetkazib beruvchi: Coca-Cola Ichimligi"],
    ["2024-05-01 17:42:10", "out", "Coca-Cola 1,5 L", "24", null],
    ["2024-05-02 08:15:00", "in", "Nestle Pure Life 5 L", "40", null],
    ["2024-05-03 12:05:31", "out", "Nestle Pure Life 5 L", "8", "Chorsu bozori"],
    [null, null, "10390", "-6", "inventar"],
  ];
  return written.map(([writtenAt, direction, product, quantity, note], at) => ({
    id: String(at + 1),
    source: "db.sqlite3",
    writtenAt,
    direction,
    productId: null,
    product,
    quantity,
    user: "dilnoza",
    note,
  }));
}

import type { Movement } from "@/ipc/bindings";
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

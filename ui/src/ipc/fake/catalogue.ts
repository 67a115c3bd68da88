import type { Category, Product, Unit } from "@/ipc/bindings";

/** Demonstration goods; the same on every start, so that tests and pictures can name them. */

export const UNITS: Unit[] = [
  { id: "unit-piece", name: "dona", symbol: "dona", decimals: 0 },
  { id: "unit-kg", name: "kilogramm", symbol: "kg", decimals: 3 },
];

const CATEGORY_NAMES = ["Kofe va choy", "Kir yuvish", "Ichimliklar", "Don mahsulotlari", "Yogʻlar"] as const;

export function categories(products: readonly Product[]): Category[] {
  return CATEGORY_NAMES.map((name, at) => ({
    id: `category-${String(at)}`,
    name,
    productCount: products.filter((product) => product.category === name).length,
  }));
}

type Seed = [sku: string, name: string, category: number, onHand: string, minStock: string, price: string, code: string];

const SEEDS: Seed[] = [
  ["10482", "Nescafé Gold 190 g", 0, "48", "12", "38500", "4820000123457"],
  ["10077", "Ariel Color 3 kg", 1, "9", "10", "72000", "4820000123464"],
  ["30018", "Pepsi 1,5 l", 2, "120", "48", "12800", "4820000123471"],
  ["10511", "Nestle Nesquik 250 g", 0, "31", "20", "29900", "4820000123488"],
  ["10390", "Choy Ahmad 100 g", 0, "240", "60", "18400", "4820000123495"],
  ["20113", "Guruch Lazer 25 kg", 3, "0", "6", "412000", "4820000123501"],
  ["20401", "Paxta yogʻi 5 l", 4, "7", "8", "96000", "4820000123518"],
  ["20007", "Shakar 50 kg", 3, "34", "10", "520000", "4820000123525"],
  ["20822", "Makaron Makiz 400 g", 3, "310", "100", "6900", "4820000123532"],
  ["20044", "Un «Oltin boshoq» 2 kg", 3, "86", "40", "11200", "4820000123549"],
];

/** The goods as they stand when the warehouse opens. */
export function seededProducts(): Product[] {
  return SEEDS.map(([sku, name, category, onHand, minStock, price, code], at) => ({
    id: `product-${String(at)}`,
    sku,
    name,
    category: CATEGORY_NAMES[category] ?? null,
    categoryId: `category-${String(category)}`,
    unit: "dona",
    unitId: "unit-piece",
    onHand,
    minStock,
    price,
    currency: "UZS",
    active: true,
    belowMinimum: Number(onHand) < Number(minStock),
    version: 1,
    codes: [{ code, quantity: "1" }],
    ownLabel: null,
    hasPicture: false,
  }));
}

import type { Product, ProductInput } from "@/ipc/bindings";

/** What the product form holds: every field as it is typed. */
export interface ProductDraft {
  sku: string;
  name: string;
  categoryId: string | null;
  unitId: string | null;
  minStock: string;
  price: string;
  codes: CodeDraft[];
  ownLabel: boolean;
  active: boolean;
}

export interface CodeDraft {
  /** Tells rows apart while they are edited; the server never sees it. */
  key: string;
  code: string;
  quantity: string;
}

/** Why a field cannot be sent; the form puts each into words. */
export type DraftProblem = "missing" | "notANumber" | "notPositive" | "tooManyDecimals" | "twice";

export type DraftProblems = Partial<Record<string, DraftProblem>>;

const QUANTITY_DECIMALS = 3;
const PRICE_DECIMALS = 2;

export function emptyDraft(code: string | null): ProductDraft {
  return {
    sku: "",
    name: "",
    categoryId: null,
    unitId: null,
    minStock: "",
    price: "",
    codes: code === null ? [] : [newCode(code)],
    ownLabel: code === null,
    active: true,
  };
}

export function newCode(code = ""): CodeDraft {
  return { key: crypto.randomUUID(), code, quantity: "1" };
}

export function draftOf(product: Product): ProductDraft {
  return {
    sku: product.sku,
    name: product.name,
    categoryId: product.categoryId,
    unitId: product.unitId,
    minStock: typedDecimal(product.minStock),
    price: typedDecimal(product.price),
    codes: product.codes.map((entry) => ({
      key: entry.code,
      code: entry.code,
      quantity: typedDecimal(entry.quantity),
    })),
    ownLabel: product.ownLabel !== null,
    active: product.active,
  };
}

/** Field paths (`codes.0.quantity`) with what keeps each from being sent; empty when the draft is sound. */
export function problemsOf(draft: ProductDraft): DraftProblems {
  const problems: DraftProblems = {};
  if (draft.sku.trim() === "") problems.sku = "missing";
  if (draft.name.trim() === "") problems.name = "missing";
  if (draft.unitId === null) problems.unitId = "missing";
  note(problems, "minStock", optionalDecimal(draft.minStock, QUANTITY_DECIMALS));
  note(problems, "price", optionalDecimal(draft.price, PRICE_DECIMALS));
  const seen = new Set<string>();
  draft.codes.forEach((entry, index) => {
    const code = entry.code.trim();
    if (code === "") problems[`codes.${String(index)}.code`] = "missing";
    else if (seen.has(code)) problems[`codes.${String(index)}.code`] = "twice";
    seen.add(code);
    note(problems, `codes.${String(index)}.quantity`, positiveDecimal(entry.quantity));
  });
  return problems;
}

/** The draft as the server takes it. Call it only for a draft without problems. */
export function inputOf(draft: ProductDraft & { unitId: string }): ProductInput {
  return {
    sku: draft.sku.trim(),
    name: draft.name.trim(),
    categoryId: draft.categoryId,
    unitId: draft.unitId,
    minStock: decimalOrNull(draft.minStock),
    price: decimalOrNull(draft.price),
    codes: draft.codes.map((entry) => ({
      code: entry.code.trim(),
      quantity: plainDecimal(entry.quantity),
    })),
    ownLabel: draft.ownLabel,
    active: draft.active,
  };
}

/** "1 250,50" as people here type it becomes "1250.50" as the server reads it. */
export function plainDecimal(text: string): string {
  return text.replace(/[\s\u00a0\u2009\u202f]/g, "").replace(",", ".");
}

function decimalOrNull(text: string): string | null {
  const plain = plainDecimal(text);
  return plain === "" ? null : plain;
}

function typedDecimal(wire: string | null): string {
  if (wire === null) return "";
  const trimmed = wire.includes(".") ? wire.replace(/\.?0+$/, "") : wire;
  return trimmed.replace(".", ",");
}

function optionalDecimal(text: string, decimals: number): DraftProblem | null {
  const plain = plainDecimal(text);
  if (plain === "") return null;
  const match = /^\d+(?:\.(\d+))?$/.exec(plain);
  if (match === null) return "notANumber";
  return (match[1]?.length ?? 0) > decimals ? "tooManyDecimals" : null;
}

function positiveDecimal(text: string): DraftProblem | null {
  if (plainDecimal(text) === "") return "missing";
  const problem = optionalDecimal(text, QUANTITY_DECIMALS);
  if (problem !== null) return problem;
  return /[1-9]/.test(text) ? null : "notPositive";
}

function note(problems: DraftProblems, field: string, problem: DraftProblem | null): void {
  if (problem !== null) problems[field] = problem;
}

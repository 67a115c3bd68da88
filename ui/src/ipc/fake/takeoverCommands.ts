import type { Commands } from "@/ipc/backend";
import type { Remark, RemarkCode, RemarkGroup, RemarkKind, TakeoverPreview, TakeoverWork } from "@/ipc/bindings";
import { refusal, type Store } from "@/ipc/fake/store";

type TakeoverCommand =
  | "chooseOldFiles"
  | "previewTakeover"
  | "takeOver"
  | "cancelTakeover"
  | "takeoverWork";

function group(kind: RemarkKind, count: number, said: [row: number | null, code: RemarkCode, params: Remark["params"]][]): RemarkGroup {
  return { kind, count, first: said.map(([row, code, params]) => ({ kind, part: "Qoldiq", row, code, params })) };
}

/** What the fake's old workbook holds. */
export function fakePreview(): TakeoverPreview {
  const sample = (name: string, sku: string, code: string | null, price: string, quantity: string) => ({
    name,
    sku,
    code,
    category: "Ichimliklar",
    unit: "dona",
    price,
    quantity,
  });
  return {
    formats: ["xlsx"],
    counts: { records: 1284, products: 1241, variants: 0, categories: 18, codes: 1102, places: 2, balances: 986, pictures: 312, users: 3, movements: 5120 },
    sample: [
      sample("Coca-Cola 1,5 L", "CC-15", "4780010707071", "13500", "120"),
      sample("Pepsi 1 L", "PP-10", "4780010707088", "9800", "64"),
      sample("Nestle Pure Life 5 L", "NP-50", "4780010700201", "11000", "32"),
      sample("Choy Ahmad qora 250 g", "CH-25", null, "28500", "0"),
    ],
    columns: [
      { part: "Qoldiq", column: "Nomi", field: "name" },
      { part: "Qoldiq", column: "Artikul", field: "sku" },
      { part: "Qoldiq", column: "Shtrix kod", field: "barcode" },
      { part: "Qoldiq", column: "Guruh", field: "category" },
      { part: "Qoldiq", column: "Oʻlchov", field: "unit" },
      { part: "Qoldiq", column: "Narxi", field: "price" },
      { part: "Qoldiq", column: "Qoldiq", field: "quantity" },
      { part: "Qoldiq", column: "Izoh 2", field: null },
    ],
    remarks: [
      group("skipped", 43, [
        [17, "codeDamaged", { code: "4,78001E+12" }],
        [212, "total", { text: "Jami: 48 200 000" }],
        [640, "noName", {}],
      ]),
      group("disagreement", 12, [
        [31, "stockDisagrees", { product: "Pepsi 1 L", stock: "64", movements: "61" }],
        [58, "stockDisagrees", { product: "Nestle Pure Life 5 L", stock: "32", movements: "40" }],
      ]),
      group("note", 2, [
        [null, "columnLeft", { head: "Izoh 2", what: "unknown" }],
        [null, "merged", { count: "9" }],
      ]),
    ],
    outcome: {
      products: 1180,
      changed: 44,
      unchanged: 17,
      categories: 18,
      codes: 1102,
      balances: 986,
      pictures: 312,
      movements: 5120,
      users: ["dilnoza", "sardor.u", "kassa1"],
    },
  };
}

/** How far the fake's takeover has come; nothing goes on by itself. */
export function tellTakeover(store: Store, work: TakeoverWork | null): void {
  store.takeover.work = work;
  store.emit("takeoverChanged", { work });
}

/** Old data: the fake reads no file and knows what is in it all the same. */
export function takeoverCommands(store: Store): Pick<Commands, TakeoverCommand> {
  return {
    chooseOldFiles: () => Promise.resolve(["/home/ombor/eski/qoldiq.xlsx"]),
    previewTakeover: async ({ paths, corrections }) => {
      const [path] = paths;
      if (path?.endsWith(".jpg")) throw refusal("importNotCatalogue", { what: "picture", file: "a.jpg" });
      const preview = fakePreview();
      for (const { part, column, field } of corrections) {
        const known = preview.columns.find((candidate) => candidate.part === part && candidate.column === column);
        if (known !== undefined) known.field = field;
      }
      store.takeover.preview = preview;
      return Promise.resolve(structuredClone(preview));
    },
    takeOver: async () => {
      const { preview } = store.takeover;
      if (preview === null) throw refusal("importNothingGiven");
      store.takeover.preview = null;
      store.changed("product", "stock", "user", "audit");
      return Promise.resolve({ outcome: preview.outcome, remarks: preview.remarks });
    },
    cancelTakeover: () => {
      tellTakeover(store, null);
      return Promise.resolve(null);
    },
    takeoverWork: () => Promise.resolve(store.takeover.work),
  };
}

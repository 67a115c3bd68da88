import type { Commands } from "@/ipc/backend";
import type { Product, ProductInput, ProductQuery, ProductRow } from "@/ipc/bindings";
import { categories, UNITS } from "@/ipc/fake/catalogue";
import { codePicture } from "@/ipc/fake/pictures";
import { refusal, type Store } from "@/ipc/fake/store";

type CatalogueCommand =
  | "listCategories"
  | "createCategory"
  | "listUnits"
  | "searchProducts"
  | "getProduct"
  | "createProduct"
  | "updateProduct"
  | "setProductPicture"
  | "productPicture"
  | "productLabel"
  | "saveLabel";

function matches(row: ProductRow & { codes: Product["codes"]; categoryId: string | null }, query: ProductQuery) {
  const text = query.text.trim().toLowerCase();
  const found =
    text === "" ||
    row.name.toLowerCase().includes(text) ||
    row.sku.toLowerCase().includes(text) ||
    row.codes.some((entry) => entry.code === text);
  const wanted =
    query.filter === "all" || (query.filter === "belowMinimum" ? row.belowMinimum : Number(row.onHand) === 0);
  return found && wanted && (query.categoryId === null || row.categoryId === query.categoryId);
}

function check(store: Store, input: ProductInput, own: string | null): void {
  if (input.name.trim() === "") throw refusal("nameMissing");
  if (!/^[\p{L}\d./-]{1,64}$/u.test(input.sku)) throw refusal("invalidSku");
  if (store.products.some((product) => product.sku === input.sku && product.id !== own)) throw refusal("skuTaken");
  for (const { code } of input.codes) {
    const holder = store.productByCode(code);
    if (holder !== null && holder.product.id !== own) throw refusal("codeTaken", { name: holder.product.name });
  }
}

/** Products, categories, units and labels. */
export function catalogueCommands(store: Store): Pick<Commands, CatalogueCommand> {
  const pictures = new Map<string, string>();

  const written = (product: Product, input: ProductInput): Product => {
    const category = allCategories().find((candidate) => candidate.id === input.categoryId);
    const unit = UNITS.find((candidate) => candidate.id === input.unitId);
    const { ownLabel, ...fields } = input;
    Object.assign(product, fields, { category: category?.name ?? null, unit: unit?.symbol ?? "" });
    if (ownLabel) product.ownLabel ??= `29${String(store.nextNumber()).padStart(10, "0")}7`;
    store.move(product, 0);
    store.changed("product", "category", "stock");
    return structuredClone(product);
  };

  const allCategories = () => [
    ...categories(store.products),
    ...store.extraCategories.map((name) => ({
      id: `category-${name}`,
      name,
      productCount: store.products.filter((product) => product.category === name).length,
    })),
  ];

  return {
    listCategories: () => Promise.resolve(allCategories()),
    createCategory: async (name) => {
      if (name.trim() === "") throw refusal("nameMissing");
      if (allCategories().some((category) => category.name === name)) throw refusal("nameTaken");
      store.extraCategories.push(name);
      store.changed("category");
      return Promise.resolve({ id: `category-${name}`, name, productCount: 0 });
    },
    listUnits: () => Promise.resolve(UNITS),
    searchProducts: (query) => {
      const rows = store.products.filter((product) => matches(product, query));
      const start = query.after === null ? 0 : Number(query.after);
      const end = start + query.limit;
      return Promise.resolve({
        rows: structuredClone(rows.slice(start, end)),
        next: end < rows.length ? String(end) : null,
        total: rows.length,
      });
    },
    getProduct: async (id) => Promise.resolve(structuredClone(store.product(id))),
    createProduct: async (input) => {
      check(store, input, null);
      const product: Product = {
        id: `product-${String(store.nextNumber() + 100)}`,
        sku: input.sku,
        name: input.name,
        category: null,
        categoryId: null,
        unit: "",
        unitId: input.unitId,
        onHand: "0",
        minStock: input.minStock,
        price: input.price,
        currency: store.settings.currency,
        active: true,
        belowMinimum: false,
        version: 1,
        codes: [],
        ownLabel: null,
        hasPicture: false,
      };
      store.products.push(product);
      store.note("createProduct", input.name, input.sku);
      return Promise.resolve(written(product, input));
    },
    updateProduct: async (id, version, input) => {
      const product = store.product(id);
      if (product.version !== version) throw refusal("versionConflict");
      check(store, input, id);
      product.version += 1;
      store.note("updateProduct", input.name, input.sku);
      return Promise.resolve(written(product, input));
    },
    setProductPicture: async (id, base64) => {
      const product = store.product(id);
      product.hasPicture = base64 !== null;
      if (base64 === null) pictures.delete(id);
      else pictures.set(id, `data:image/png;base64,${base64}`);
      store.changed("product");
      return Promise.resolve(null);
    },
    productPicture: (id) => Promise.resolve(pictures.get(id) ?? null),
    productLabel: async (id) => {
      const product = store.product(id);
      const code = product.ownLabel ?? product.codes[0]?.code ?? "";
      return Promise.resolve({ code, pngDataUrl: codePicture(code) });
    },
    saveLabel: async (id) => Promise.resolve(`labels/${store.product(id).sku}.png`),
  };
}

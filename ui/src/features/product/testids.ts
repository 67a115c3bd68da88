/** Handles that tests of the real window take hold of. */
export const PRODUCT_LIST = {
  search: "product-search",
  filter: "product-filter",
  category: "product-category-filter",
  create: "product-create",
  total: "product-total",
  unknownCode: "product-unknown-code",
  createScanned: "product-create-scanned",
} as const;

export const PRODUCT_FORM = {
  sku: "product-sku",
  name: "product-name",
  category: "product-category",
  newCategory: "product-new-category",
  unit: "product-unit",
  minStock: "product-min-stock",
  price: "product-price",
  addCode: "product-add-code",
  code: (index: number) => `product-code-${String(index)}`,
  codeQuantity: (index: number) => `product-code-quantity-${String(index)}`,
  removeCode: (index: number) => `product-code-remove-${String(index)}`,
  ownLabel: "product-own-label",
  active: "product-active",
  picture: "product-picture",
  pictureRemove: "product-picture-remove",
  save: "product-save",
} as const;

export const PRODUCT_LABEL = {
  image: "product-label-image",
  code: "product-label-code",
  save: "product-label-save",
  saved: "product-label-saved",
} as const;

import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { KeyStroke, ProductFilter, ProductInput } from "@/ipc/bindings";
import { commands } from "@/ipc/client";

export const PAGE_SIZE = 50;

export interface ProductSearch {
  text: string;
  filter: ProductFilter;
  categoryId: string | null;
}

/** Movements change what is on hand without touching a product: both reads are made anew with every visit. */
const READ_ANEW = { staleTime: 0 } as const;

export function productsQuery(search: ProductSearch) {
  return infiniteQueryOptions({
    queryKey: ["product", "search", search],
    queryFn: ({ pageParam }) => commands.searchProducts({ ...search, after: pageParam, limit: PAGE_SIZE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    ...READ_ANEW,
  });
}

export function productQuery(id: string) {
  return queryOptions({
    queryKey: ["product", "one", id],
    queryFn: () => commands.getProduct(id),
    ...READ_ANEW,
  });
}

export function pictureQuery(id: string) {
  return queryOptions({
    queryKey: ["product", "picture", id],
    queryFn: () => commands.productPicture(id),
  });
}

export function labelQuery(id: string) {
  return queryOptions({
    queryKey: ["product", "label", id],
    queryFn: () => commands.productLabel(id),
  });
}

export const categoriesQuery = queryOptions({
  queryKey: ["category", "list"],
  queryFn: () => commands.listCategories(),
});

/** Units come with the database and change with it only. */
export const unitsQuery = queryOptions({
  queryKey: ["product", "units"],
  queryFn: () => commands.listUnits(),
});

export function useCreateCategory() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => commands.createCategory(name),
    onSuccess: () => client.invalidateQueries({ queryKey: ["category"] }),
  });
}

export function useSaveProduct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ known, input }: { known: { id: string; version: number } | null; input: ProductInput }) =>
      known === null ? commands.createProduct(input) : commands.updateProduct(known.id, known.version, input),
    onSuccess: async (product) => {
      client.setQueryData(productQuery(product.id).queryKey, product);
      await client.invalidateQueries({ queryKey: ["product"] });
      await client.invalidateQueries({ queryKey: ["category"] });
      await client.invalidateQueries({ queryKey: ["stock"] });
    },
  });
}

export function useSetPicture(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (base64: string | null) => commands.setProductPicture(id, base64),
    onSuccess: () => client.invalidateQueries({ queryKey: ["product"] }),
  });
}

export function useSaveLabel() {
  return useMutation({ mutationFn: (id: string) => commands.saveLabel(id) });
}

/** What a scan on a screen of the catalogue means. */
export function useLookUpScan() {
  return useMutation({ mutationFn: (strokes: KeyStroke[]) => commands.scanLookup(strokes) });
}

import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation, useSearchParams } from "wouter";

import { ErrorNotice } from "@/components/ErrorNotice";
import { FilterBar } from "@/components/FilterBar";
import { ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { SaveListMenu } from "@/components/SaveListMenu";
import { NoProducts } from "@/features/product/NoProducts";
import { categoriesQuery, PAGE_SIZE, productsQuery, useLookUpScan } from "@/features/product/queries";
import { PRODUCT_LIST } from "@/features/product/testids";
import { UnknownCode } from "@/features/product/UnknownCode";
import { useProductColumns } from "@/features/product/useProductColumns";
import { quantity } from "@/format/quantity";
import type { ListField, ProductFilter } from "@/ipc/bindings";
import { useScanner } from "@/scan/useScanner";
import { useRole } from "@/session/session";

const DEBOUNCE_MS = 150;
const SAVED: readonly ListField[] = ["name", "sku", "category", "onHand", "unit", "minStock", "price", "currency", "active"];
const FILTERS: readonly ProductFilter[] = ["all", "belowMinimum", "outOfStock"];

/** The catalogue: search first, then a filter, then fifty at a time. */
export function ProductListPage() {
  const { t } = useLingui();
  const mayWrite = useRole() === "admin";
  const [address, setAddress] = useSearchParams();
  const [text, setText] = useState("");
  const [searched] = useDebouncedValue(text.trim(), DEBOUNCE_MS);
  const filter = FILTERS.find((known) => known === address.get("filter")) ?? "all";
  const categoryId = address.get("category");
  const categories = useQuery(categoriesQuery);
  const products = useInfiniteQuery(productsQuery({ text: searched, filter, categoryId }));
  const columns = useProductColumns(products.data?.pages[0]?.rows[0]?.currency);
  const total = products.data?.pages[0]?.total;
  const count = quantity(String(total ?? 0));
  const [, navigate] = useLocation();
  const scan = useLookUpScan();
  useScanner({
    mode: "shared",
    onScan: (strokes) => {
      scan.mutate(strokes, {
        onSuccess: ({ productId }) => {
          if (productId !== null) navigate(`/products/${productId}?`);
        },
      });
    },
  });
  const choose = (name: string, value: string | null) => {
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  };
  return (
    <Page
      title={<Trans>Products</Trans>}
      actions={
        <>
          <SaveListMenu
            list={{ kind: "products", query: { text: searched, filter, categoryId, after: null, limit: PAGE_SIZE } }}
            title={t`Products`}
            fields={SAVED}
          />
          {mayWrite && (
            <Button component={Link} href="/products/new?" leftSection={<IconPlus size={18} />} data-testid={PRODUCT_LIST.create}>
              <Trans>New product</Trans>
            </Button>
          )}
        </>
      }
    >
      <FilterBar
        aside={
          total !== undefined && (
            <span data-testid={PRODUCT_LIST.total}>
              <Plural value={total} one={`${count} product`} other={`${count} products`} />
            </span>
          )
        }
      >
        <TextInput
          w={420}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
          leftSection={<IconSearch size={18} />}
          placeholder={t`Name, SKU or barcode`}
          aria-label={t`Search products`}
          data-testid={PRODUCT_LIST.search}
        />
        <Select
          w={190}
          data={[
            { value: "all", label: t`All products` },
            { value: "belowMinimum", label: t`Below minimum` },
            { value: "outOfStock", label: t`Out of stock` },
          ]}
          value={filter}
          allowDeselect={false}
          onChange={(value) => {
            choose("filter", value === "all" ? null : value);
          }}
          aria-label={t`Which products`}
          data-testid={PRODUCT_LIST.filter}
        />
        <Select
          w={190}
          data={(categories.data ?? []).map((category) => ({ value: category.id, label: category.name }))}
          value={categoryId}
          clearable
          searchable
          placeholder={t`Every category`}
          onChange={(value) => {
            choose("category", value);
          }}
          aria-label={t`Category`}
          data-testid={PRODUCT_LIST.category}
        />
      </FilterBar>
      {scan.isError && <ErrorNotice error={scan.error} />}
      {scan.data?.productId === null && <UnknownCode code={scan.data.code} mayWrite={mayWrite} />}
      {products.isError ? (
        <ErrorNotice error={products.error} onRetry={() => void products.refetch()} />
      ) : (
        <ListTable
          label={t`Products`}
          columns={columns}
          rows={products.data?.pages.flatMap((page) => page.rows)}
          rowId={(row) => row.id}
          isFaded={(row) => !row.active}
          empty={<NoProducts searched={searched !== "" || filter !== "all" || categoryId !== null} mayWrite={mayWrite} />}
          more={{
            wanted: products.hasNextPage,
            loading: products.isFetchingNextPage,
            load: () => void products.fetchNextPage(),
          }}
        />
      )}
    </Page>
  );
}

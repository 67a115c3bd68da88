import { Trans } from "@lingui/react/macro";
import { useMemo } from "react";
import { Link } from "wouter";

import { listColumns } from "@/components/ListTable";
import rowClasses from "@/components/ListTable.module.css";
import { useCurrencyName } from "@/components/useCurrencyName";
import { StockBadge } from "@/features/product/StockBadge";
import { money } from "@/format/money";
import { quantity } from "@/format/quantity";
import type { ProductRow } from "@/ipc/bindings";

const column = listColumns<ProductRow>();

/** The columns of the catalogue; the currency is said once, above the prices. */
export function useProductColumns(currencyCode: string | undefined) {
  const currencyName = useCurrencyName();
  const currency = currencyCode && currencyName(currencyCode);
  return useMemo(
    () =>
      column.columns([
        column.accessor("name", {
          header: () => <Trans>Name</Trans>,
          meta: { tone: "strong" },
          cell: ({ row }) => (
            <Link href={`/products/${row.original.id}`} className={rowClasses.open}>
              {row.original.name}
            </Link>
          ),
        }),
        column.accessor("sku", { header: () => <Trans>SKU</Trans>, meta: { tone: "quiet", width: "110px" } }),
        column.accessor("category", {
          header: () => <Trans>Category</Trans>,
          meta: { tone: "quiet", width: "170px" },
        }),
        column.accessor("onHand", {
          header: () => <Trans>On hand</Trans>,
          meta: { align: "end", tone: "strong", width: "110px" },
          cell: ({ row }) => `${quantity(row.original.onHand)} ${row.original.unit}`,
        }),
        column.accessor("minStock", {
          header: () => <Trans>Minimum</Trans>,
          meta: { align: "end", tone: "quiet", width: "90px" },
          cell: ({ row }) => (row.original.minStock === null ? "–" : quantity(row.original.minStock)),
        }),
        column.accessor("price", {
          header: () => (currency === undefined ? <Trans>Price</Trans> : <Trans>Price, {currency}</Trans>),
          meta: { align: "end", width: "120px" },
          cell: ({ row }) => (row.original.price === null ? "–" : money(row.original.price)),
        }),
        column.display({
          id: "state",
          header: () => null,
          meta: { width: "190px" },
          cell: ({ row }) => <StockBadge product={row.original} />,
        }),
      ]),
    [currency],
  );
}

import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { useCurrencyName } from "@/components/useCurrencyName";
import classes from "@/features/product/ProductFacts.module.css";
import { money } from "@/format/money";
import { quantity } from "@/format/quantity";
import type { Product } from "@/ipc/bindings";

/** What a product is, for those who look and do not change. */
export function ProductFacts({ product }: { product: Product }) {
  const currency = useCurrencyName()(product.currency);
  return (
    <dl className={classes.facts}>
      <Fact name={<Trans>SKU</Trans>}>{product.sku}</Fact>
      <Fact name={<Trans>Category</Trans>}>{product.category}</Fact>
      <Fact name={<Trans>Unit</Trans>}>{product.unit}</Fact>
      <Fact name={<Trans>Minimum stock</Trans>}>{product.minStock && quantity(product.minStock)}</Fact>
      <Fact name={<Trans>Price, {currency}</Trans>}>{product.price && money(product.price)}</Fact>
      <Fact name={<Trans>Barcodes</Trans>}>
        {product.codes.length > 0 &&
          product.codes.map((entry) => (
            <div key={entry.code}>
              {entry.code} <small>× {quantity(entry.quantity)}</small>
            </div>
          ))}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children || "–"}</dd>
    </>
  );
}

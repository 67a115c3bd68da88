import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";

import { Panel } from "@/components/Panel";
import classes from "@/features/product/ProductStock.module.css";
import { StockBadge } from "@/features/product/StockBadge";
import { quantity } from "@/format/quantity";
import type { Product } from "@/ipc/bindings";

/** What there is of a product now, and the way to what happened to it. */
export function ProductStock({ product }: { product: Product }) {
  return (
    <Panel>
      <div className={classes.stock}>
        <div>
          <p className={classes.label}>
            <Trans>On hand</Trans>
          </p>
          <p className={classes.figure}>
            {quantity(product.onHand)} <small>{product.unit}</small>
          </p>
        </div>
        <StockBadge product={product} />
        <Link className={classes.history} href={`/movements?product=${product.id}`}>
          <Trans>History of this product</Trans>
        </Link>
      </div>
    </Panel>
  );
}

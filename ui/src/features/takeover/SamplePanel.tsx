import { Trans } from "@lingui/react/macro";

import { Panel } from "@/components/Panel";
import classes from "@/features/takeover/TakeoverPage.module.css";
import { money } from "@/format/money";
import { quantity } from "@/format/quantity";
import type { SampleProduct } from "@/ipc/bindings";

/** The first products as they would come over: a wrong column is seen at once. */
export function SamplePanel({ sample }: { sample: SampleProduct[] }) {
  return (
    <Panel title={<Trans>The first products</Trans>}>
      <table className={classes.sample}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Name</Trans>
            </th>
            <th scope="col">
              <Trans>Barcode</Trans>
            </th>
            <th scope="col" data-align="end">
              <Trans>Price</Trans>
            </th>
            <th scope="col" data-align="end">
              <Trans>Stock</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {sample.map((product, at) => (
            <tr key={at}>
              <td>
                {product.name}
                <small>{[product.sku, product.category].filter(Boolean).join(" · ")}</small>
              </td>
              <td>{product.code ?? "–"}</td>
              <td data-align="end">{product.price === null ? "–" : money(product.price)}</td>
              <td data-align="end">
                {quantity(product.quantity)} {product.unit}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

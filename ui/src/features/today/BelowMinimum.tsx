import { Button, Skeleton } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "wouter";

import rowClasses from "@/components/ListTable.module.css";
import { Panel } from "@/components/Panel";
import { SaveListMenu } from "@/components/SaveListMenu";
import { TODAY } from "@/features/today/testids";
import classes from "@/features/today/TodayPage.module.css";
import { quantity } from "@/format/quantity";
import type { ListChoice, ProductRow, Today } from "@/ipc/bindings";

const SHOWN = 8;
const SCARCE: ListChoice = {
  kind: "products",
  query: { text: "", filter: "belowMinimum", categoryId: null, after: null, limit: SHOWN },
};

/** What has to be bought, the scarcest first. */
export function BelowMinimum({ today }: { today: Today | undefined }) {
  const { t } = useLingui();
  const count = today?.belowMinimumCount ?? 0;
  return (
    <Panel
      title={<Trans>Below minimum</Trans>}
      aside={
        count > 0 && (
          <div className={classes.scarceAside}>
            <span className={classes.count} data-testid={TODAY.belowMinimum}>
              {quantity(String(count))}
            </span>
            <SaveListMenu
              compact
              list={SCARCE}
              title={t`Below minimum`}
              fields={["product", "sku", "category", "onHand", "minStock", "unit"]}
            />
          </div>
        )
      }
    >
      {today === undefined ? (
        <Skeleton height={180} mt={16} radius="md" />
      ) : count === 0 ? (
        <p className={classes.fine}>
          <IconCircleCheck size={22} stroke={1.75} />
          <Trans>There is enough of everything</Trans>
        </p>
      ) : (
        <>
          <Scarce rows={today.belowMinimum.slice(0, SHOWN)} />
          {count > SHOWN && (
            <Button component={Link} href="/products?filter=belowMinimum" variant="default" className={classes.all}>
              <Trans>Show all {count}</Trans>
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}

function Scarce({ rows }: { rows: ProductRow[] }) {
  return (
    <table className={classes.scarce}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Product</Trans>
          </th>
          <th scope="col">
            <Trans>SKU</Trans>
          </th>
          <th scope="col" className={classes.end}>
            <Trans>On hand</Trans>
          </th>
          <th scope="col" className={classes.end}>
            <Trans>Minimum</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link href={`/products/${row.id}`} className={rowClasses.open}>
                {row.name}
              </Link>
            </td>
            <td className={classes.sku}>{row.sku}</td>
            <td className={classes.end}>
              <span className={classes.onHand} data-tone={scarcity(row)}>
                {quantity(row.onHand)}
              </span>
            </td>
            <td className={classes.end}>{row.minStock !== null && quantity(row.minStock)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Red when half of the minimum is gone; the column's place says the rest, so colour is not alone. */
function scarcity(row: ProductRow): "refused" | "warning" {
  return Number(row.onHand) * 2 <= Number(row.minStock ?? 0) ? "refused" : "warning";
}

import { Skeleton } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconDownload, IconUpload } from "@tabler/icons-react";

import { Panel } from "@/components/Panel";
import classes from "@/features/today/TodayPage.module.css";
import { clock } from "@/format/date";
import { signed } from "@/format/quantity";
import type { RecentMovement } from "@/ipc/bindings";

const SHOWN = 5;

/** The last movements: what, by whom, how much, when. */
export function RecentMovements({ rows }: { rows: RecentMovement[] | undefined }) {
  return (
    <Panel
      title={
        <span className={classes.quietTitle}>
          <Trans>Recent movements</Trans>
        </span>
      }
    >
      {rows === undefined && <Skeleton height={120} mt={12} radius="md" />}
      {rows?.length === 0 && (
        <p className={classes.quietNote}>
          <Trans>Nothing has moved yet</Trans>
        </p>
      )}
      <ul className={classes.recent}>
        {rows?.slice(0, SHOWN).map((row) => (
          <Recent key={row.movementId} row={row} />
        ))}
      </ul>
    </Panel>
  );
}

function Recent({ row }: { row: RecentMovement }) {
  const { t } = useLingui();
  const Icon = row.direction === "in" ? IconDownload : IconUpload;
  return (
    <li>
      <Icon size={20} stroke={1.75} data-direction={row.direction} aria-label={row.direction === "in" ? t`In` : t`Out`} />
      <span className={classes.recentName}>
        {row.productName}
        {row.employeeName !== null && <small> · {row.employeeName}</small>}
      </span>
      <span className={classes.recentQuantity}>{signed(row.quantity, row.direction)}</span>
      <span className={classes.recentTime}>{clock(row.at)}</span>
    </li>
  );
}

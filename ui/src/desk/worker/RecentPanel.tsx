import { Trans } from "@lingui/react/macro";
import { Skeleton } from "@mantine/core";
import { IconDownload, IconUpload } from "@tabler/icons-react";

import classes from "@/desk/worker/RecentPanel.module.css";
import { clock } from "@/format/date";
import { signed } from "@/format/quantity";
import type { RecentMovement } from "@/ipc/bindings";
import { TEST_IDS } from "@/testids";

/** The last movements, so that the worker sees what went through. */
export function RecentPanel({ recent }: { recent: RecentMovement[] | undefined }) {
  return (
    <section className={classes.panel} data-testid={TEST_IDS.recent}>
      <h2 className={classes.title}>
        <Trans>Last movements</Trans>
      </h2>
      {recent === undefined && <Skeleton height={20} radius="sm" />}
      {recent?.length === 0 && (
        <p className={classes.empty}>
          <Trans>What is saved here shows up in this list.</Trans>
        </p>
      )}
      <div className={classes.rows}>
        {recent?.map((movement) => {
          const Icon = movement.direction === "in" ? IconDownload : IconUpload;
          return (
            <div key={movement.movementId} className={classes.row} data-direction={movement.direction}>
              <Icon size={20} stroke={1.75} aria-hidden />
              <span className={classes.name}>{movement.productName}</span>
              <strong>{signed(movement.quantity, movement.direction)}</strong>
              <time dateTime={movement.at}>{clock(movement.at)}</time>
            </div>
          );
        })}
      </div>
    </section>
  );
}

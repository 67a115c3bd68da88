import { Button } from "@mantine/core";
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { ErrorNotice } from "@/components/ErrorNotice";
import classes from "@/features/backup/BackupPage.module.css";
import { lineageQuery, useSettleLineage } from "@/features/backup/queries";
import { BACKUP } from "@/features/backup/testids";
import { dateTime } from "@/format/date";
import { quantity } from "@/format/quantity";
import type { LineageNotice as Notice } from "@/ipc/bindings";

/** The database is not the one that was here before: what that means, and the act that settles it. */
export function LineageNotice() {
  const notice = useQuery(lineageQuery).data ?? null;
  const settle = useSettleLineage();
  if (notice === null) return null;
  return (
    <div className={classes.lineage} role="alert" data-kind={notice.kind} data-testid={BACKUP.lineage}>
      <IconAlertTriangle size={24} stroke={1.75} aria-hidden />
      <div>
        <p className={classes.verdict}>
          <NoticeTitle notice={notice} />
        </p>
        <p>
          <NoticeAdvice notice={notice} />
        </p>
        {settle.isError && <ErrorNotice error={settle.error} />}
      </div>
      <Button
        variant="default"
        loading={settle.isPending}
        onClick={() => {
          settle.mutate(undefined);
        }}
        data-testid={BACKUP.settle}
      >
        <Trans>I know, go on with this</Trans>
      </Button>
    </div>
  );
}

function NoticeTitle({ notice }: { notice: Notice }) {
  switch (notice.kind) {
    case "otherWarehouse":
      return <Trans>This is another warehouse than the one that was here before.</Trans>;
    case "restored":
      return <Trans>A backup was restored by another program or another desk.</Trans>;
    case "older":
      return <Trans>This is an older copy of the warehouse.</Trans>;
    case "rewritten":
      return <Trans>Entries that were sealed have been changed.</Trans>;
    case "copied":
      return <Trans>This data was copied from another computer.</Trans>;
  }
}

function NoticeAdvice({ notice }: { notice: Notice }) {
  const { t } = useLingui();
  switch (notice.kind) {
    case "otherWarehouse":
      return <Trans>If that is not wanted, close Ombor and ask whoever set up the database.</Trans>;
    case "restored":
      return <Trans>What was posted after that backup is not here. Its loss stands in the log.</Trans>;
    case "older": {
      const figure = quantity(String(notice.documents));
      const until = notice.newestAt === null ? "—" : dateTime(notice.newestAt);
      return (
        <>
          {notice.documents === 0 ? (
            <Trans>Documents may be missing.</Trans>
          ) : (
            t`${plural(notice.documents, {
              one: `At least ${figure} document is missing.`,
              other: `At least ${figure} documents are missing.`,
            })}`
          )}{" "}
          <Trans>The newest one here is of {until}. Under Backup a newer one can be restored.</Trans>
        </>
      );
    }
    case "rewritten":
      return <Trans>Somebody worked on the database past Ombor. Restore a backup from before, or call support.</Trans>;
    case "copied":
      return <Trans>If the other computer goes on working, there are two warehouses from now on. Use only one.</Trans>;
  }
}

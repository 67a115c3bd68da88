import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconDatabase, IconDatabaseExport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { Panel } from "@/components/Panel";
import classes from "@/features/backup/BackupPage.module.css";
import { folderOf } from "@/features/backup/folder";
import { backupsQuery, useTakeBackup } from "@/features/backup/queries";
import { BACKUP } from "@/features/backup/testids";
import { useBackupColumns } from "@/features/backup/useBackupColumns";

/** The copies of the database: take one, see where they lie. */
export function BackupPage() {
  const { t } = useLingui();
  const backups = useQuery(backupsQuery);
  const take = useTakeBackup();
  const columns = useBackupColumns();
  const newest = backups.data?.[0];
  const takeButton = (
    <Button
      leftSection={<IconDatabaseExport size={18} />}
      loading={take.isPending}
      onClick={() => {
        take.mutate();
      }}
      data-testid={BACKUP.take}
    >
      <Trans>Take a backup now</Trans>
    </Button>
  );
  return (
    <Page title={<Trans>Backup</Trans>} actions={takeButton}>
      {take.isError && <ErrorNotice error={take.error} />}
      {take.isPending && (
        <p className={classes.running} role="status">
          <Trans>The whole database is being written to a file. The desk goes on working meanwhile.</Trans>
        </p>
      )}
      {take.isSuccess && (
        <p className={classes.done} role="status" data-testid={BACKUP.done}>
          <Trans>Taken: {take.data.fileName}</Trans>
        </p>
      )}
      <Panel>
        <div className={classes.facts}>
          <IconAlertTriangle size={22} stroke={1.75} />
          <p>
            <Trans>
              A backup is one .sql file with everything: products, stock, history, people. None of them has been tried by a
              restore yet, and they lie on this computer. Copy the newest to a flash drive.
            </Trans>
          </p>
          {newest !== undefined && (
            <p className={classes.folder}>
              <Trans>Folder</Trans> <code data-testid={BACKUP.folder}>{folderOf(newest.path)}</code>
            </p>
          )}
        </div>
      </Panel>
      {backups.isError ? (
        <ErrorNotice error={backups.error} onRetry={() => void backups.refetch()} />
      ) : (
        <ListTable
          label={t`Backups`}
          columns={columns}
          rows={backups.data}
          rowId={(row) => row.path}
          empty={
            <EmptyState
              icon={<IconDatabase />}
              title={<Trans>There is no backup yet</Trans>}
              text={<Trans>Should this computer break, a backup brings everything back on another one.</Trans>}
            />
          }
        />
      )}
    </Page>
  );
}

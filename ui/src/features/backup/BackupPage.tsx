import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconDatabase, IconDatabaseExport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { Panel } from "@/components/Panel";
import { SaveListMenu } from "@/components/SaveListMenu";
import classes from "@/features/backup/BackupPage.module.css";
import { JournalPanel } from "@/features/backup/JournalPanel";
import { NewestPanel } from "@/features/backup/NewestPanel";
import { overviewQuery, useBackupWork, useTakeBackup, useVerifyBackup } from "@/features/backup/queries";
import { RestoreDialog } from "@/features/backup/RestoreDialog";
import { BackupSettingsPanel } from "@/features/backup/BackupSettingsPanel";
import { PLACES } from "@/features/backup/places";
import { BACKUP } from "@/features/backup/testids";
import { useBackupColumns } from "@/features/backup/useBackupColumns";
import { WorkPanel } from "@/features/backup/WorkPanel";
import type { Backup, ListField } from "@/ipc/bindings";
import { asFailure } from "@/ipc/failure";

const SAVED: readonly ListField[] = ["at", "movements", "sizeBytes", "verifiedAt", "place", "faults", "own", "name", "folder"];

/** The backups: how old the last one is, take one, try one, go back to one, where and when they are made. */
export function BackupPage() {
  const { t } = useLingui();
  const overview = useQuery(overviewQuery);
  const work = useBackupWork();
  const take = useTakeBackup();
  const verify = useVerifyBackup();
  const [chosen, setChosen] = useState<Backup | null>(null);
  const columns = useBackupColumns({
    busy: work !== null,
    onVerify: (backup) => {
      verify.mutate(backup.name, {
        onSuccess: () => {
          notifications.show({ message: t`This backup comes back whole`, color: "saved" });
        },
      });
    },
    onRestore: setChosen,
  });
  if (overview.isError && asFailure(overview.error).code === "backupsElsewhere") return <Elsewhere />;
  const acts = (
    <>
      <SaveListMenu list={{ kind: "backups" }} title={t`Backups`} fields={SAVED} words={PLACES} />
      <Button
        leftSection={<IconDatabaseExport size={20} />}
        disabled={work !== null}
        loading={take.isPending}
        onClick={() => {
          take.mutate(undefined);
        }}
        data-testid={BACKUP.take}
      >
        <Trans>Back up now</Trans>
      </Button>
    </>
  );
  return (
    <Page title={<Trans>Backup</Trans>} actions={acts}>
      {take.isError && <ErrorNotice error={take.error} />}
      {verify.isError && <ErrorNotice error={verify.error} />}
      {work !== null && <WorkPanel work={work} />}
      {take.isSuccess && work === null && (
        <p className={classes.done} role="status" data-testid={BACKUP.done}>
          <Trans>Taken and verified: {take.data.name}</Trans>
        </p>
      )}
      {overview.isError && <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />}
      {overview.data !== undefined && <NewestPanel overview={overview.data} />}
      {overview.data !== undefined && <JournalPanel busy={work !== null} />}
      {!overview.isError && (
        <ListTable
          label={t`Backups`}
          columns={columns}
          rows={overview.data?.backups}
          rowId={(row) => row.name}
          isFaded={(row) => !row.own}
          empty={
            <EmptyState
              icon={<IconDatabase />}
              title={<Trans>There is no backup yet</Trans>}
              text={<Trans>Should this computer break, a backup brings everything back on another one.</Trans>}
            />
          }
        />
      )}
      {overview.data !== undefined && <BackupSettingsPanel key={overview.dataUpdatedAt} overview={overview.data} />}
      {chosen !== null && (
        <RestoreDialog
          backup={chosen}
          onClose={() => {
            setChosen(null);
          }}
        />
      )}
    </Page>
  );
}

/** At a desk that does not look after the warehouse's data. */
function Elsewhere() {
  return (
    <Page title={<Trans>Backup</Trans>}>
      <Panel>
        <div data-testid={BACKUP.elsewhere}>
          <EmptyState
            icon={<IconDatabase />}
            title={<Trans>The backups are made elsewhere</Trans>}
            text={<Trans>Another desk or server keeps this warehouse and makes its backups. Look at them there.</Trans>}
          />
        </div>
      </Panel>
    </Page>
  );
}

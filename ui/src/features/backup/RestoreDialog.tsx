import { Modal, Skeleton } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { ErrorNotice } from "@/components/ErrorNotice";
import { useBackupWork, useRestore, weightQuery } from "@/features/backup/queries";
import { RestoreForm } from "@/features/backup/RestoreForm";
import { BACKUP } from "@/features/backup/testids";
import { WorkPanel } from "@/features/backup/WorkPanel";
import { dateTime } from "@/format/date";
import type { Backup } from "@/ipc/bindings";

interface RestoreDialogProps {
  backup: Backup;
  onClose: () => void;
}

/** Goes back to a backup: what it loses is said first, the warehouse's name and the Admin's password are typed. */
export function RestoreDialog({ backup, onClose }: RestoreDialogProps) {
  const weight = useQuery(weightQuery(backup.name));
  const restore = useRestore();
  const work = useBackupWork();
  const taken = dateTime(backup.takenAt);
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={!restore.isPending}
      withCloseButton={!restore.isPending}
      title={<Trans>Restore the backup of {taken}</Trans>}
      size="lg"
      centered
      data-testid={BACKUP.dialog}
    >
      {weight.isPending && <Skeleton height={120} />}
      {weight.isError && <ErrorNotice error={weight.error} onRetry={() => void weight.refetch()} />}
      {restore.isError && <ErrorNotice error={restore.error} />}
      {restore.isPending && work !== null && <WorkPanel work={work} />}
      {weight.data !== undefined && (
        <RestoreForm
          weight={{ ...weight.data, since: weight.data.after === null ? null : dateTime(weight.data.after) }}
          busy={restore.isPending}
          onSubmit={(typed, onError) => {
            restore.mutate({ name: backup.name, ...typed }, { onError });
          }}
          onClose={onClose}
        >
          <Trans>
            What is there now is backed up first. Then everything is as it was at the time of the backup: stock, history, people,
            faces, passwords. Everybody is logged out.
          </Trans>
        </RestoreForm>
      )}
    </Modal>
  );
}

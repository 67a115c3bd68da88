import { Button, Group, Modal } from "@mantine/core";
import { Trans } from "@lingui/react/macro";

import { ErrorNotice } from "@/components/ErrorNotice";
import classes from "@/features/backup/BackupPage.module.css";
import { useLeaveJournal } from "@/features/backup/queries";
import { JOURNAL } from "@/features/backup/testids";

/** Before every minute is kept no more. */
export function LeaveDialog({ folder, onClose }: { folder: string; onClose: () => void }) {
  const leave = useLeaveJournal();
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={<Trans>Stop keeping every minute?</Trans>}
      size="lg"
      centered
      data-testid={JOURNAL.leaveDialog}
    >
      {leave.isError && <ErrorNotice error={leave.error} />}
      <p className={classes.quiet}>
        <Trans>
          From now on only backups can be restored here: what was done since the last one can be lost. What was kept so far stays
          in the folder {folder}.
        </Trans>
      </p>
      <Group justify="flex-end" mt={20} gap={12}>
        <Button variant="default" disabled={leave.isPending} onClick={onClose} data-autofocus>
          <Trans>Go on keeping</Trans>
        </Button>
        <Button
          color="refused"
          loading={leave.isPending}
          onClick={() => {
            leave.mutate(undefined, { onSuccess: onClose });
          }}
          data-testid={JOURNAL.leave}
        >
          <Trans>Switch off</Trans>
        </Button>
      </Group>
    </Modal>
  );
}

import { Autocomplete, Button, Group, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconDeviceSdCard, IconFolder, IconLock, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";

import { ErrorNotice } from "@/components/ErrorNotice";
import classes from "@/features/backup/BackupPage.module.css";
import { useBackupWork, useChooseFolder, useKeepJournal } from "@/features/backup/queries";
import { JOURNAL } from "@/features/backup/testids";
import { WorkPanel } from "@/features/backup/WorkPanel";

interface KeepDialogProps {
  /** The folder that is taken unless another one is named. */
  folder: string;
  disks: string[];
  onClose: () => void;
}

/** Before every minute is kept: where, and what that costs, said plainly. */
export function KeepDialog({ folder, disks, onClose }: KeepDialogProps) {
  const { t } = useLingui();
  const [named, setNamed] = useState("");
  const choose = useChooseFolder(setNamed);
  const keep = useKeepJournal();
  const work = useBackupWork();
  const submit = () => {
    keep.mutate(named.trim() || null, {
      onSuccess: () => {
        notifications.show({ message: t`From now on every minute is kept`, color: "saved" });
        onClose();
      },
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={!keep.isPending}
      withCloseButton={!keep.isPending}
      title={<Trans>Keep every minute</Trans>}
      size="lg"
      centered
      data-testid={JOURNAL.keepDialog}
    >
      {choose.isError && <ErrorNotice error={choose.error} />}
      {keep.isError && <ErrorNotice error={keep.error} />}
      {keep.isPending && work !== null && <WorkPanel work={work} />}
      <div className={classes.folder}>
        <Autocomplete
          value={named}
          onChange={setNamed}
          label={<Trans>Folder</Trans>}
          placeholder={folder}
          data={disks}
          disabled={keep.isPending}
          spellCheck={false}
          data-testid={JOURNAL.folder}
        />
        <Button
          variant="default"
          leftSection={<IconFolder size={20} />}
          disabled={keep.isPending}
          loading={choose.isPending}
          onClick={() => {
            choose.mutate();
          }}
          data-testid={JOURNAL.choose}
        >
          <Trans>Choose…</Trans>
        </Button>
      </div>
      <ul className={classes.sentences}>
        <li>
          <IconDeviceSdCard size={20} stroke={1.75} aria-hidden />
          <Trans>Best on another disk: what lies on this one breaks with it.</Trans>
        </li>
        <li>
          <IconRefresh size={20} stroke={1.75} aria-hidden />
          <Trans>
            The database starts anew once: for a few seconds nothing can be saved, at the other desks too. Then all data is copied.
          </Trans>
        </li>
        <li>
          <IconLock size={20} stroke={1.75} aria-hidden />
          <Trans>Whoever has that disk has the warehouse, as with a backup: put it where nobody takes it along.</Trans>
        </li>
      </ul>
      <Group justify="flex-end" mt={20} gap={12}>
        <Button variant="default" disabled={keep.isPending} onClick={onClose}>
          <Trans>Leave it as it is</Trans>
        </Button>
        <Button loading={keep.isPending} onClick={submit} data-testid={JOURNAL.begin}>
          <Trans>Keep every minute</Trans>
        </Button>
      </Group>
    </Modal>
  );
}

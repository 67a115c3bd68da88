import { Button, Group, Modal, PasswordInput, Skeleton, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconRestore } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { ErrorNotice } from "@/components/ErrorNotice";
import classes from "@/features/backup/BackupPage.module.css";
import { LossText } from "@/features/backup/LossText";
import { useBackupWork, useRestore, weightQuery } from "@/features/backup/queries";
import { BACKUP } from "@/features/backup/testids";
import { WorkPanel } from "@/features/backup/WorkPanel";
import { dateTime } from "@/format/date";
import type { Backup, RestoreWeight } from "@/ipc/bindings";

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
        <RestoreForm name={backup.name} weight={weight.data} restore={restore} onClose={onClose} />
      )}
    </Modal>
  );
}

interface RestoreFormProps {
  name: string;
  weight: RestoreWeight;
  restore: ReturnType<typeof useRestore>;
  onClose: () => void;
}

function RestoreForm({ name, weight, restore, onClose }: RestoreFormProps) {
  const { t } = useLingui();
  const { word } = weight;
  const form = useForm({
    initialValues: { word: "", password: "" },
    validate: {
      word: (typed) => (typed.trim() === word ? null : t`Type ${word}`),
      password: (password) => (password === "" ? t`Type your password` : null),
    },
  });
  const isHarmless = weight.movements === 0;
  const submit = form.onSubmit((typed) => {
    restore.mutate(
      { name, ...typed },
      {
        onError: () => {
          form.setFieldValue("password", "");
        },
      },
    );
  });
  return (
    <form onSubmit={submit} noValidate>
      <p className={classes.loss} data-tone={isHarmless ? "quiet" : "refused"} data-testid={BACKUP.loss}>
        {!isHarmless && <IconAlertTriangle size={28} stroke={1.75} aria-hidden />}
        <span>
          <LossText movements={weight.movements} after={weight.after} />
        </span>
      </p>
      <p className={classes.quiet}>
        <Trans>
          What is there now is backed up first. Then everything is as it was at the time of the backup: stock, history, people,
          faces, passwords. Everybody is logged out.
        </Trans>
      </p>
      <TextInput
        {...form.getInputProps("word")}
        mt={16}
        label={<Trans>Type the warehouse's name: {word}</Trans>}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        data-testid={BACKUP.word}
      />
      <PasswordInput
        {...form.getInputProps("password")}
        mt={16}
        label={<Trans>Your password</Trans>}
        autoComplete="off"
        data-testid={BACKUP.password}
      />
      <Group justify="flex-end" mt={20} gap={12}>
        <Button variant="default" disabled={restore.isPending} onClick={onClose} data-testid={BACKUP.leave}>
          <Trans>Leave it as it is</Trans>
        </Button>
        <Button
          type="submit"
          color="refused"
          loading={restore.isPending}
          leftSection={<IconRestore size={18} />}
          data-testid={BACKUP.confirm}
        >
          <Trans>Restore</Trans>
        </Button>
      </Group>
    </form>
  );
}

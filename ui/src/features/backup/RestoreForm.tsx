import { Button, Group, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconRestore } from "@tabler/icons-react";
import type { ReactNode } from "react";

import classes from "@/features/backup/BackupPage.module.css";
import { LossText } from "@/features/backup/LossText";
import { BACKUP } from "@/features/backup/testids";

/** What is typed before a warehouse is replaced. */
export interface Typed {
  word: string;
  password: string;
}

interface RestoreFormProps {
  /** What would be lost, posted after a date as it is read, and the word that has to be typed. */
  weight: { movements: number; since: string | null; word: string };
  /** What will be as it was, in a sentence or two. */
  children: ReactNode;
  busy: boolean;
  /** Sends what was typed; `onError` empties the password. */
  onSubmit: (typed: Typed, onError: () => void) => void;
  onClose: () => void;
}

/** Says what a restore loses, and asks for the warehouse's name and the Admin's password before it is done. */
export function RestoreForm({ weight, children, busy, onSubmit, onClose }: RestoreFormProps) {
  const { t } = useLingui();
  const { word, movements, since } = weight;
  const form = useForm({
    initialValues: { word: "", password: "" },
    validate: {
      word: (typed) => (typed.trim() === word ? null : t`Type ${word}`),
      password: (password) => (password === "" ? t`Type your password` : null),
    },
  });
  const isHarmless = movements === 0;
  const submit = form.onSubmit((typed) => {
    onSubmit(typed, () => {
      form.setFieldValue("password", "");
    });
  });
  return (
    <form onSubmit={submit} noValidate>
      <p className={classes.loss} data-tone={isHarmless ? "quiet" : "refused"} data-testid={BACKUP.loss}>
        {!isHarmless && <IconAlertTriangle size={28} stroke={1.75} aria-hidden />}
        <span>
          <LossText movements={movements} since={since} />
        </span>
      </p>
      <p className={classes.quiet}>{children}</p>
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
        <Button variant="default" disabled={busy} onClick={onClose} data-testid={BACKUP.leave}>
          <Trans>Leave it as it is</Trans>
        </Button>
        <Button
          type="submit"
          color="refused"
          loading={busy}
          leftSection={<IconRestore size={18} />}
          data-testid={BACKUP.confirm}
        >
          <Trans>Restore</Trans>
        </Button>
      </Group>
    </form>
  );
}

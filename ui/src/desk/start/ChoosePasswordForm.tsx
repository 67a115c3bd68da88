import { Trans, useLingui } from "@lingui/react/macro";
import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";

import { ErrorNotice } from "@/components/ErrorNotice";
import { useNewPassword } from "@/desk/start/newPassword";
import classes from "@/desk/start/Start.module.css";
import type { Session } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { TEST_IDS } from "@/testids";

interface ChoosePasswordFormProps {
  /** The login and the password that an Admin gave; they were found right. */
  login: string;
  given: string;
  /** Says that another password must be chosen. */
  asked: Error;
  onDone: (session: Session) => void;
}

/** A password of one's own in the place of the one that an Admin gave. */
export function ChoosePasswordForm({ login, given, asked, onDone }: ChoosePasswordFormProps) {
  const { t } = useLingui();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { password: "", repeated: "" },
    validate: useNewPassword(),
  });
  const choose = useMutation({
    mutationFn: (chosen: string) => commands.choosePassword(login, given, chosen),
    onSuccess: onDone,
  });
  return (
    <form
      className={classes.form}
      data-testid={TEST_IDS.choosePassword}
      onSubmit={form.onSubmit(({ password }) => {
        choose.mutate(password);
      })}
    >
      <h1 className={classes.title}>{login}</h1>
      <ErrorNotice error={choose.error ?? asked} />
      <PasswordInput
        label={t`New password`}
        autoComplete="new-password"
        autoFocus
        key={form.key("password")}
        {...form.getInputProps("password")}
        data-testid={TEST_IDS.choosePasswordNew}
      />
      <PasswordInput
        label={t`The password once more`}
        autoComplete="new-password"
        key={form.key("repeated")}
        {...form.getInputProps("repeated")}
        data-testid={TEST_IDS.choosePasswordRepeated}
      />
      <Button type="submit" fullWidth loading={choose.isPending} data-testid={TEST_IDS.choosePasswordSubmit}>
        <Trans>Log in</Trans>
      </Button>
    </form>
  );
}

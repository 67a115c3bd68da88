import { Trans, useLingui } from "@lingui/react/macro";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";

import { Brand } from "@/components/Brand";
import { ErrorNotice } from "@/components/ErrorNotice";
import { LanguageButtons } from "@/components/LanguageButtons";
import { ThemeButtons } from "@/components/ThemeButtons";
import { ChoosePasswordForm } from "@/desk/start/ChoosePasswordForm";
import classes from "@/desk/start/Start.module.css";
import { RestoredNotice, useRestoreOutcome } from "@/features/backup/RestoredNotice";
import type { Session } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { CommandFailure } from "@/ipc/failure";
import { TEST_IDS } from "@/testids";

interface LogInScreenProps {
  /** The last person was logged out because nobody was there. */
  expired: boolean;
  onDone: (session: Session) => void;
}

const EXPIRED = new CommandFailure({ code: "sessionExpired", params: {}, lines: [] });

/** The password was right, but an Admin gave it. */
function asksForChoice(error: Error): boolean {
  return error instanceof CommandFailure && error.code === "passwordToBeChosen";
}

/** Who is at the desk? */
export function LogInScreen({ expired, onDone }: LogInScreenProps) {
  const { t } = useLingui();
  const form = useForm({ mode: "uncontrolled", initialValues: { login: "", password: "" } });
  const logIn = useMutation({
    mutationFn: ({ login, password }: { login: string; password: string }) => commands.logIn(login.trim(), password),
    onSuccess: onDone,
    onError: (error) => {
      if (!asksForChoice(error)) form.setFieldValue("password", "");
    },
  });
  const outcome = useRestoreOutcome();
  const { error, variables } = logIn;
  if (error !== null && variables !== undefined && asksForChoice(error)) {
    return (
      <main className={classes.screen}>
        <Brand size="large" />
        <ChoosePasswordForm login={variables.login.trim()} given={variables.password} asked={error} onDone={onDone} />
        <LanguageButtons />
        <ThemeButtons />
      </main>
    );
  }
  const shown = error ?? (expired && outcome === null && logIn.isIdle ? EXPIRED : null);
  return (
    <main className={classes.screen}>
      <Brand size="large" />
      <form
        className={classes.form}
        data-testid={TEST_IDS.logIn}
        onSubmit={form.onSubmit((values) => {
          logIn.mutate(values);
        })}
      >
        <h1 className={classes.title}>
          <Trans>Log in</Trans>
        </h1>
        {outcome !== null && <RestoredNotice outcome={outcome} />}
        {shown !== null && <ErrorNotice error={shown} />}
        <TextInput
          label={t`Login`}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          key={form.key("login")}
          {...form.getInputProps("login")}
          data-testid={TEST_IDS.logInLogin}
        />
        <PasswordInput
          label={t`Password`}
          autoComplete="current-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
          data-testid={TEST_IDS.logInPassword}
        />
        <Button type="submit" fullWidth loading={logIn.isPending} data-testid={TEST_IDS.logInSubmit}>
          <Trans>Log in</Trans>
        </Button>
      </form>
      <LanguageButtons />
      <ThemeButtons />
    </main>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconArrowLeft } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";

import { Brand } from "@/components/Brand";
import { ErrorNotice } from "@/components/ErrorNotice";
import { useNewPassword } from "@/desk/start/newPassword";
import classes from "@/desk/start/Start.module.css";
import type { Locale, Session } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { TEST_IDS } from "@/testids";

interface FirstRunFormProps {
  locale: Locale;
  onBack: () => void;
  onDone: (session: Session) => void;
}

/** The warehouse's name and its first Admin. There is no password that Ombor brings along. */
export function FirstRunForm({ locale, onBack, onDone }: FirstRunFormProps) {
  const { t } = useLingui();
  const newPassword = useNewPassword();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { warehouseName: "", adminName: "", login: "", password: "", repeated: "", demonstration: false },
    validate: {
      warehouseName: (name) => (name.trim() === "" ? t`Type a name.` : null),
      adminName: (name) => (name.trim() === "" ? t`Type a name.` : null),
      login: (login) => (login.trim() === "" ? t`Type a login.` : null),
      ...newPassword,
    },
  });
  const firstRun = useMutation({
    mutationFn: ({ repeated: _, ...values }: typeof form.values) => commands.firstRun({ locale, ...values }),
    onSuccess: onDone,
  });
  return (
    <main className={classes.screen} data-testid={TEST_IDS.firstRun}>
      <Brand size="large" />
      <form
        className={classes.form}
        data-wide
        onSubmit={form.onSubmit((values) => {
          firstRun.mutate(values);
        })}
      >
        <h1 className={classes.title}>
          <Trans>Set up your warehouse</Trans>
        </h1>
        {firstRun.error !== null && <ErrorNotice error={firstRun.error} />}
        <TextInput
          label={t`What is the warehouse called?`}
          autoFocus
          key={form.key("warehouseName")}
          {...form.getInputProps("warehouseName")}
          data-testid={TEST_IDS.firstRunWarehouse}
        />
        <div className={classes.pair}>
          <TextInput
            label={t`Your name`}
            autoComplete="name"
            key={form.key("adminName")}
            {...form.getInputProps("adminName")}
            data-testid={TEST_IDS.firstRunName}
          />
          <TextInput
            label={t`Login`}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            key={form.key("login")}
            {...form.getInputProps("login")}
            data-testid={TEST_IDS.firstRunLogin}
          />
          <PasswordInput
            label={t`Password`}
            autoComplete="new-password"
            key={form.key("password")}
            {...form.getInputProps("password")}
            data-testid={TEST_IDS.firstRunPassword}
          />
          <PasswordInput
            label={t`The password once more`}
            autoComplete="new-password"
            key={form.key("repeated")}
            {...form.getInputProps("repeated")}
            data-testid={TEST_IDS.firstRunRepeat}
          />
        </div>
        <p className={classes.text}>
          <Trans>You become the Admin. Keep the password: nobody else can give it back to you.</Trans>
        </p>
        <Checkbox
          label={t`Fill the warehouse with demonstration data`}
          description={t`Made-up products to try everything out. Leave it off for real work.`}
          key={form.key("demonstration")}
          {...form.getInputProps("demonstration", { type: "checkbox" })}
          data-testid={TEST_IDS.firstRunDemonstration}
        />
        <div className={classes.acts}>
          <Button variant="default" leftSection={<IconArrowLeft size={20} stroke={1.75} />} onClick={onBack}>
            <Trans>Language</Trans>
          </Button>
          <Button type="submit" loading={firstRun.isPending} data-testid={TEST_IDS.firstRunSubmit}>
            <Trans>Open the warehouse</Trans>
          </Button>
        </div>
      </form>
    </main>
  );
}

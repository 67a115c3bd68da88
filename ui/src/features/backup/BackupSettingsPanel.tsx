import { Autocomplete, Button, NumberInput, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { Trans, useLingui } from "@lingui/react/macro";

import { ErrorNotice } from "@/components/ErrorNotice";
import { Panel } from "@/components/Panel";
import classes from "@/features/backup/BackupPage.module.css";
import { useSaveBackupSettings } from "@/features/backup/queries";
import { BACKUP } from "@/features/backup/testids";
import type { BackupOverview } from "@/ipc/bindings";

const KEPT_AT_MOST = 1000;
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Where backups lie, when they are made, how many are kept. */
export function BackupSettingsPanel({ overview }: { overview: BackupOverview }) {
  const { t } = useLingui();
  const save = useSaveBackupSettings();
  const { settings } = overview;
  const form = useForm({
    initialValues: {
      folder: settings.folder ?? "",
      second: settings.second ?? "",
      dailyAt: settings.dailyAt,
      hourly: settings.hourly,
      hourlyKept: settings.keep.hourly,
      daily: settings.keep.daily,
      weekly: settings.keep.weekly,
      monthly: settings.keep.monthly,
    },
    validate: { dailyAt: (time) => (TIME_OF_DAY.test(time) ? null : t`Hours and minutes, such as 13:00`) },
  });
  const submit = form.onSubmit((values) => {
    const { daily, weekly, monthly, hourlyKept } = values;
    const wanted = {
      folder: values.folder.trim() || null,
      second: values.second.trim() || null,
      dailyAt: values.dailyAt,
      hourly: values.hourly,
      keep: { hourly: hourlyKept, daily, weekly, monthly },
    };
    save.mutate(wanted, {
      onSuccess: () => {
        notifications.show({ message: t`The settings are saved`, color: "saved" });
      },
    });
  });
  const kept = (name: "hourlyKept" | "daily" | "weekly" | "monthly", label: string) => (
    <NumberInput
      {...form.getInputProps(name)}
      label={label}
      min={name === "daily" ? 1 : 0}
      max={KEPT_AT_MOST}
      clampBehavior="strict"
      allowDecimal={false}
    />
  );
  return (
    <Panel
      title={<Trans>Where and when</Trans>}
      explanation={
        <Trans>
          A backup on the same disk does not help when the disk breaks. Name a folder on a flash drive or another disk as the
          second place.
        </Trans>
      }
    >
      <form onSubmit={submit} noValidate data-testid={BACKUP.settings}>
        <div className={classes.fields}>
          <TextInput
            {...form.getInputProps("folder")}
            label={<Trans>Folder</Trans>}
            placeholder={overview.ownFolder}
            spellCheck={false}
            data-testid={BACKUP.folder}
          />
          <Autocomplete
            {...form.getInputProps("second")}
            label={<Trans>Second place</Trans>}
            placeholder={t`none`}
            data={overview.disks}
            spellCheck={false}
            data-testid={BACKUP.second}
          />
          <TextInput
            {...form.getInputProps("dailyAt")}
            inputMode="numeric"
            maxLength={5}
            label={<Trans>Every day at</Trans>}
            data-testid={BACKUP.dailyAt}
          />
          <Switch
            {...form.getInputProps("hourly", { type: "checkbox" })}
            label={<Trans>Every hour too, if something changed</Trans>}
            data-testid={BACKUP.hourly}
          />
        </div>
        <div className={classes.keep}>
          {kept("hourlyKept", t`Keep of hours`)}
          {kept("daily", t`Keep of days`)}
          {kept("weekly", t`Keep of weeks`)}
          {kept("monthly", t`Keep of months`)}
        </div>
        {save.isError && <ErrorNotice error={save.error} />}
        <Button type="submit" mt={16} loading={save.isPending} data-testid={BACKUP.save}>
          <Trans>Save</Trans>
        </Button>
      </form>
    </Panel>
  );
}

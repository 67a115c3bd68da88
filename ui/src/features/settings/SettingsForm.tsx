import { Button, useMantineColorScheme } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconDeviceFloppy } from "@tabler/icons-react";

import { ErrorNotice } from "@/components/ErrorNotice";
import { ConfirmationPanel } from "@/features/settings/ConfirmationPanel";
import { DevicesPanel } from "@/features/settings/DevicesPanel";
import { useSaveSettings } from "@/features/settings/queries";
import { draftOf, settingsOf, type SettingsDraft } from "@/features/settings/settingsDraft";
import classes from "@/features/settings/SettingsPage.module.css";
import { SETTINGS } from "@/features/settings/testids";
import { WarehousePanel } from "@/features/settings/WarehousePanel";
import { currentLocale } from "@/i18n/setup";
import type { Settings } from "@/ipc/bindings";

/** Everything that can be set, saved together. */
export function SettingsForm({ settings }: { settings: Settings }) {
  const { t } = useLingui();
  const { setColorScheme } = useMantineColorScheme();
  const save = useSaveSettings();
  const form = useForm<SettingsDraft>({
    initialValues: draftOf(settings),
    validate: {
      warehouseName: (name) => (name.trim() === "" ? t`Type the name of the warehouse` : null),
      sourcePath: (path, draft) => (draft.sourceKind !== "camera" && path.trim() === "" ? t`Say where it lies` : null),
    },
  });
  const submit = form.onSubmit((draft) => {
    save.mutate(settingsOf(settings, draft, currentLocale()), {
      onSuccess: ({ theme }) => {
        setColorScheme(theme === "system" ? "auto" : theme);
        notifications.show({ message: t`The settings are saved`, color: "saved" });
      },
    });
  });
  return (
    <form onSubmit={submit} noValidate>
      <ConfirmationPanel form={form} />
      <div className={classes.columns}>
        <WarehousePanel form={form} />
        <DevicesPanel form={form} />
      </div>
      {save.isError && <ErrorNotice error={save.error} />}
      <div className={classes.save}>
        <Button
          type="submit"
          loading={save.isPending}
          disabled={!form.isDirty()}
          leftSection={<IconDeviceFloppy size={18} />}
          data-testid={SETTINGS.save}
        >
          <Trans>Save</Trans>
        </Button>
      </div>
    </form>
  );
}

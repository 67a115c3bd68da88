import { NumberInput, SegmentedControl, Switch, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Trans, useLingui } from "@lingui/react/macro";

import { LanguageButtons } from "@/components/LanguageButtons";
import { Panel } from "@/components/Panel";
import { IDLE_MINUTES, type SettingsDraft } from "@/features/settings/settingsDraft";
import { SEGMENTS } from "@/features/settings/segments";
import classes from "@/features/settings/SettingsPage.module.css";
import { SETTINGS } from "@/features/settings/testids";

/** The warehouse and how its screens look; the language changes at once. */
export function WarehousePanel({ form }: { form: UseFormReturnType<SettingsDraft> }) {
  const { t } = useLingui();
  return (
    <Panel title={<Trans>Warehouse and screen</Trans>}>
      <div className={classes.fields}>
        <TextInput
          {...form.getInputProps("warehouseName")}
          label={<Trans>Name of the warehouse</Trans>}
          data-testid={SETTINGS.warehouseName}
        />
        <div>
          <p className={classes.label}>
            <Trans>Language</Trans>
          </p>
          <div className={classes.languages}>
            <LanguageButtons />
          </div>
        </div>
        <div>
          <p className={classes.label} id="settings-theme-label">
            <Trans>Appearance</Trans>
          </p>
          <SegmentedControl
            {...form.getInputProps("theme")}
            fullWidth
            classNames={SEGMENTS}
            aria-labelledby="settings-theme-label"
            data={[
              { value: "light", label: t`Light` },
              { value: "dark", label: t`Dark` },
              { value: "system", label: t`As the computer` },
            ]}
            data-testid={SETTINGS.theme}
          />
        </div>
        <NumberInput
          {...form.getInputProps("idleMinutes")}
          label={<Trans>Log out after idle minutes</Trans>}
          min={IDLE_MINUTES.least}
          max={IDLE_MINUTES.most}
          clampBehavior="strict"
          allowDecimal={false}
          data-testid={SETTINGS.idleMinutes}
        />
        {form.values.autostart !== null && (
          <Switch
            {...form.getInputProps("autostart", { type: "checkbox" })}
            label={<Trans>Open by itself</Trans>}
            description={<Trans>As soon as somebody logs in to this computer</Trans>}
            data-testid={SETTINGS.autostart}
          />
        )}
      </div>
    </Panel>
  );
}

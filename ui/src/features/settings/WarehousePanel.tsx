import { NumberInput, SegmentedControl, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Trans, useLingui } from "@lingui/react/macro";

import { Panel } from "@/components/Panel";
import { useChangeLocale } from "@/features/settings/queries";
import { IDLE_MINUTES, type SettingsDraft } from "@/features/settings/settingsDraft";
import classes from "@/features/settings/SettingsPage.module.css";
import { SETTINGS } from "@/features/settings/testids";
import { isLocale, LOCALE_NAMES, LOCALES } from "@/i18n/locale";
import { currentLocale } from "@/i18n/setup";

/** The warehouse and how its screens look; the language changes at once. */
export function WarehousePanel({ form }: { form: UseFormReturnType<SettingsDraft> }) {
  const { t } = useLingui();
  const changeLocale = useChangeLocale();
  return (
    <Panel title={<Trans>Warehouse and screen</Trans>}>
      <div className={classes.fields}>
        <TextInput
          {...form.getInputProps("warehouseName")}
          label={<Trans>Name of the warehouse</Trans>}
          data-testid={SETTINGS.warehouseName}
        />
        <Select
          label={<Trans>Language</Trans>}
          data={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
          value={currentLocale()}
          allowDeselect={false}
          disabled={changeLocale.isPending}
          onChange={(locale) => {
            if (isLocale(locale)) changeLocale.mutate(locale);
          }}
          data-testid={SETTINGS.locale}
        />
        <div>
          <p className={classes.label} id="settings-theme-label">
            <Trans>Colours</Trans>
          </p>
          <SegmentedControl
            {...form.getInputProps("theme")}
            fullWidth
            aria-labelledby="settings-theme-label"
            data={[
              { value: "light", label: t`Light` },
              { value: "dark", label: t`Dark` },
              { value: "system", label: t`As the system` },
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
      </div>
    </Panel>
  );
}

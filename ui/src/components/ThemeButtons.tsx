import { Trans, useLingui } from "@lingui/react/macro";
import { useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";

import classes from "@/components/ChoiceButtons.module.css";
import { TEST_IDS } from "@/testids";

/** Light, dark, or as the computer has it. */
export function ThemeButtons() {
  const { t } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choices = [
    { scheme: "light", icon: IconSun, name: <Trans>Light</Trans> },
    { scheme: "dark", icon: IconMoon, name: <Trans>Dark</Trans> },
    { scheme: "auto", icon: IconDeviceDesktop, name: <Trans>As the computer</Trans> },
  ] as const;
  return (
    <div className={classes.choices} role="group" aria-label={t`Appearance`}>
      {choices.map(({ scheme, icon: Icon, name }) => (
        <button
          key={scheme}
          type="button"
          className={classes.choice}
          aria-pressed={colorScheme === scheme}
          onClick={() => {
            setColorScheme(scheme);
          }}
          data-testid={TEST_IDS.theme(scheme)}
        >
          <Icon size={16} stroke={1.75} aria-hidden />
          {name}
        </button>
      ))}
    </div>
  );
}

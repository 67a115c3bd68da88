import { useLingui } from "@lingui/react/macro";

import classes from "@/components/ChoiceButtons.module.css";
import { LOCALE_NAMES, LOCALES } from "@/i18n/locale";
import { activateLocale } from "@/i18n/setup";
import { commands } from "@/ipc/client";
import { TEST_IDS } from "@/testids";

/** Every language in its own words; the station keeps the choice. */
export function LanguageButtons() {
  const { i18n, t } = useLingui();
  return (
    <div className={classes.choices} role="group" aria-label={t`Language`}>
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          className={classes.choice}
          aria-pressed={i18n.locale === locale}
          onClick={() => {
            void activateLocale(locale);
            void commands.setLocale(locale);
          }}
          data-testid={TEST_IDS.language(locale)}
        >
          {LOCALE_NAMES[locale]}
        </button>
      ))}
    </div>
  );
}

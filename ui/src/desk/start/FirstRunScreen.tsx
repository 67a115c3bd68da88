import { Trans } from "@lingui/react/macro";
import { useState } from "react";

import { Brand } from "@/components/Brand";
import { FirstRunForm } from "@/desk/start/FirstRunForm";
import classes from "@/desk/start/Start.module.css";
import { LOCALE_NAMES, LOCALES } from "@/i18n/locale";
import { activateLocale } from "@/i18n/setup";
import type { Locale, Session } from "@/ipc/bindings";
import { TEST_IDS } from "@/testids";

/** The first opening of a warehouse: its language, then its name and its first Admin. */
export function FirstRunScreen({ onDone }: { onDone: (session: Session) => void }) {
  const [locale, setLocale] = useState<Locale | null>(null);
  const choose = (chosen: Locale) => {
    void activateLocale(chosen).then(() => {
      setLocale(chosen);
    });
  };
  if (locale !== null) {
    return (
      <FirstRunForm
        locale={locale}
        onBack={() => {
          setLocale(null);
        }}
        onDone={onDone}
      />
    );
  }
  return (
    <main className={classes.screen} data-testid={TEST_IDS.firstRun}>
      <Brand size="large" />
      <h1 className={classes.title}>
        <Trans>Choose your language</Trans>
      </h1>
      <div className={classes.languages}>
        {LOCALES.map((choice) => (
          <button
            key={choice}
            type="button"
            lang={choice}
            className={classes.language}
            onClick={() => {
              choose(choice);
            }}
            data-testid={TEST_IDS.firstRunLocale(choice)}
          >
            {LOCALE_NAMES[choice]}
          </button>
        ))}
      </div>
    </main>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconAlertOctagon, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";

import { Brand } from "@/components/Brand";
import { LanguageButtons } from "@/components/LanguageButtons";
import classes from "@/desk/start/Start.module.css";
import type { AppError } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { wordingOf } from "@/ipc/errors";
import { TEST_IDS } from "@/testids";

/** The house did not open: why, what to do, and one button to try again. */
export function FailureScreen({ failure }: { failure: AppError | null }) {
  const { t } = useLingui();
  const [retrying, setRetrying] = useState(false);
  const code = failure?.code ?? "internal";
  const wording = wordingOf(code, failure?.params);
  const retry = () => {
    setRetrying(true);
    void commands.retryStart().finally(() => {
      setRetrying(false);
    });
  };
  return (
    <main className={classes.screen} data-testid={TEST_IDS.startFailure} data-code={code}>
      <Brand size="large" />
      <section className={classes.failure} role="alert">
        <IconAlertOctagon className={classes.failureIcon} size={40} stroke={1.75} />
        <h1 className={classes.title}>{t(wording.text)}</h1>
        <p className={classes.text}>{t(wording.next)}</p>
        <Button
          size="md"
          leftSection={<IconRefresh size={20} stroke={1.75} />}
          loading={retrying}
          onClick={retry}
          data-testid={TEST_IDS.startRetry}
        >
          <Trans>Try again</Trans>
        </Button>
        <p className={classes.code}>{code}</p>
      </section>
      <LanguageButtons />
    </main>
  );
}

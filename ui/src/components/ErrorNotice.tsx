import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertOctagon, IconAlertTriangle } from "@tabler/icons-react";

import classes from "@/components/ErrorNotice.module.css";
import { wordingOf } from "@/ipc/errors";
import { asFailure } from "@/ipc/failure";
import { TEST_IDS } from "@/testids";

interface ErrorNoticeProps {
  /** Whatever a command rejected with. */
  error: unknown;
  onRetry?: () => void;
}

/** A refusal in words: what happened, what to do next, and the code for support, small. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const { t } = useLingui();
  const failure = asFailure(error);
  const wording = wordingOf(failure.code, failure.params);
  const Icon = wording.severity === "stop" ? IconAlertOctagon : IconAlertTriangle;
  return (
    <div
      className={classes.notice}
      data-severity={wording.severity}
      data-code={failure.code}
      data-testid={TEST_IDS.errorNotice}
      role="alert"
    >
      <Icon className={classes.icon} size={24} stroke={1.75} />
      <div>
        <p className={classes.text}>{t(wording.text)}</p>
        <p className={classes.next}>{t(wording.next)}</p>
        <p className={classes.code}>{failure.code}</p>
      </div>
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry}>
          <Trans>Repeat</Trans>
        </Button>
      )}
    </div>
  );
}

import { Trans } from "@lingui/react/macro";
import { IconRefresh, IconUsers } from "@tabler/icons-react";

import { Key } from "@/components/Key";
import classes from "@/desk/worker/WaysOnPanel.module.css";
import { TEST_IDS } from "@/testids";

interface WaysOnPanelProps {
  /** The warehouse lets somebody else answer. */
  vouching: boolean;
  onRetry: () => void;
  onVouch: () => void;
}

/** The face does not come through: two ways on, each by a key and by a large button. */
export function WaysOnPanel({ vouching, onRetry, onVouch }: WaysOnPanelProps) {
  return (
    <section className={classes.panel} data-testid={TEST_IDS.waysOn} role="status">
      <h2 className={classes.title}>
        <Trans>Is the face not coming through?</Trans>
      </h2>
      <button type="button" tabIndex={-1} className={classes.way} onClick={onRetry} data-testid={TEST_IDS.retryFace}>
        <IconRefresh size={28} stroke={1.75} aria-hidden />
        <span>
          <Trans>Try the face again</Trans>
        </span>
        <Key>{"F8"}</Key>
      </button>
      {vouching ? (
        <button type="button" tabIndex={-1} className={classes.way} onClick={onVouch} data-testid={TEST_IDS.vouch}>
          <IconUsers size={28} stroke={1.75} aria-hidden />
          <span>
            <Trans>Somebody else vouches</Trans>
          </span>
          <Key>{"F9"}</Key>
        </button>
      ) : (
        <p className={classes.only}>
          <Trans>If it stays so, call the Admin. The lines stay here.</Trans>
        </p>
      )}
    </section>
  );
}

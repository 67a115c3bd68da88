import { Trans, useLingui } from "@lingui/react/macro";
import { IconId } from "@tabler/icons-react";

import classes from "@/desk/worker/CameraPanel.module.css";
import { HINT_TEXTS } from "@/ipc/hints";
import { TEST_IDS } from "@/testids";

/** The badge says who, the face says yes: the badge comes first, that of the one who vouches too. */
export function BadgePanel({ vouching }: { vouching: boolean }) {
  const { t } = useLingui();
  return (
    <section className={classes.idle} data-asking data-testid={TEST_IDS.camera} data-state="badge">
      <IconId size={96} stroke={1.25} aria-hidden />
      <h2 className={classes.ask} data-testid={TEST_IDS.cameraHint} data-hint="scanBadge" role="status">
        {t(HINT_TEXTS.scanBadge)}
      </h2>
      <p className={classes.text}>
        {vouching ? (
          <Trans>The other employee scans their badge, then looks at the camera.</Trans>
        ) : (
          <Trans>Then look at the camera.</Trans>
        )}
      </p>
    </section>
  );
}

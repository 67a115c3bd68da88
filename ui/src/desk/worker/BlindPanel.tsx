import { Trans, useLingui } from "@lingui/react/macro";
import { IconRefresh } from "@tabler/icons-react";

import { BlindDrawing } from "@/components/BlindDrawing";
import classes from "@/desk/worker/CameraPanel.module.css";
import { blindAdvice, HINT_TEXTS, type BlindHint } from "@/ipc/hints";
import { TEST_IDS } from "@/testids";

/** Nothing to see: the reason, what to do, and that the desk goes on trying; never a frozen picture. */
export function BlindPanel({ hint }: { hint: BlindHint }) {
  const { t } = useLingui();
  return (
    <section className={classes.idle} data-warning data-testid={TEST_IDS.camera} data-state="blind">
      <BlindDrawing hint={hint} />
      <h2 className={classes.title} data-testid={TEST_IDS.cameraHint} data-hint={hint} role="status">
        {t(HINT_TEXTS[hint])}
      </h2>
      <p className={classes.text}>
        {t(blindAdvice(hint))} <Trans>The lines stay here.</Trans>
      </p>
      {hint !== "nobodyEnrolled" && (
        <p className={classes.trying}>
          <IconRefresh size={18} stroke={2} aria-hidden />
          <Trans>Ombor keeps trying by itself</Trans>
        </p>
      )}
    </section>
  );
}

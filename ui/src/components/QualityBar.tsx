import { useLingui } from "@lingui/react/macro";

import classes from "@/components/QualityBar.module.css";

/** Below this, in percent, a face is known only just. */
const JUST = 70;

/** How good somebody's templates are, in percent: a number, and a bar of its length. */
export function QualityBar({ quality }: { quality: number | null }) {
  const { t } = useLingui();
  if (quality === null) return "–";
  return (
    <span
      className={classes.quality}
      data-low={quality < JUST || undefined}
      role="img"
      aria-label={t`Quality ${quality} %`}
    >
      <span className={classes.track} aria-hidden>
        <span className={classes.filled} style={{ width: `${String(quality)}%` }} />
      </span>
      <span className={classes.figure}>{`${String(quality)} %`}</span>
    </span>
  );
}

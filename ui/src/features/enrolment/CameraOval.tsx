import { useLingui } from "@lingui/react/macro";

import { BlindDrawing } from "@/components/BlindDrawing";
import { CameraPicture } from "@/components/CameraPicture";
import { HeadDrawing } from "@/components/HeadDrawing";
import classes from "@/features/enrolment/EnrolmentPage.module.css";
import { HintText } from "@/features/enrolment/HintText";
import { PoseText } from "@/features/enrolment/PoseText";
import { ENROLMENT } from "@/features/enrolment/testids";
import type { EnrolmentView, FaceHint } from "@/ipc/bindings";
import { blindAdvice, HINT_TEXTS, isBlind, type BlindHint } from "@/ipc/hints";

const WIDTH = 640;
const HEIGHT = 480;

/** Nothing is wrong: the person may be told how to hold the head. */
const CALM: ReadonlySet<FaceHint> = new Set(["good", "holdStill", "lookHere"]);

/** The camera's picture as a mirror, the oval that fills, and one instruction at a time. */
export function CameraOval({ view }: { view: EnrolmentView | null }) {
  if (view?.phase === "collecting" && isBlind(view.hint)) return <Blind hint={view.hint} />;
  const share = view === null || view.wanted === 0 ? 0 : Math.min(1, view.accepted / view.wanted);
  return (
    <div className={classes.camera}>
      <CameraPicture silent={<Blind hint="cameraMissing" />} />
      <svg className={classes.oval} viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden>
        <ellipse className={classes.guide} cx={320} cy={200} rx={118} ry={150} />
        <ellipse
          className={classes.filled}
          cx={-200}
          cy={320}
          rx={150}
          ry={118}
          pathLength={100}
          strokeDasharray={`${String(share * 100)} 100`}
          transform="rotate(-90)"
          data-empty={share === 0 || undefined}
        />
      </svg>
      <Instruction view={view} />
    </div>
  );
}

function Instruction({ view }: { view: EnrolmentView | null }) {
  if (view?.phase === "collecting" && CALM.has(view.hint)) {
    return (
      <p className={classes.hint} data-pose={view.pose} role="status" data-hint={view.hint} data-testid={ENROLMENT.hint}>
        <HeadDrawing pose={view.pose} size={96} />
        <span>
          <PoseText pose={view.pose} />
        </span>
      </p>
    );
  }
  // It ended otherwise: what there is to say stands beside the picture.
  if (view?.phase === "failed" || view?.phase === "resembles") return null;
  return (
    <p className={classes.hint} role="status" data-hint={view?.hint} data-testid={ENROLMENT.hint}>
      <HintText hint={view?.phase === "done" ? "good" : (view?.hint ?? "lookHere")} />
    </p>
  );
}

function Blind({ hint }: { hint: BlindHint }) {
  const { t } = useLingui();
  return (
    <div className={classes.blind}>
      <BlindDrawing hint={hint} />
      <p className={classes.blindTitle} role="status" data-hint={hint} data-testid={ENROLMENT.hint}>
        {t(HINT_TEXTS[hint])}
      </p>
      <p className={classes.blindText}>{t(blindAdvice(hint))}</p>
    </div>
  );
}

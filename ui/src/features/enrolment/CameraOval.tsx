import { CameraPicture } from "@/components/CameraPicture";
import classes from "@/features/enrolment/EnrolmentPage.module.css";
import { HintText } from "@/features/enrolment/HintText";
import { ENROLMENT } from "@/features/enrolment/testids";
import type { EnrolmentView } from "@/ipc/bindings";

const WIDTH = 640;
const HEIGHT = 480;

/** The camera's picture as a mirror, the oval that fills, and one instruction at a time. */
export function CameraOval({ view }: { view: EnrolmentView | null }) {
  const share = view === null || view.wanted === 0 ? 0 : Math.min(1, view.accepted / view.wanted);
  return (
    <div className={classes.camera}>
      <CameraPicture />
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden>
        <ellipse className={classes.guide} cx={320} cy={214} rx={124} ry={158} />
        <ellipse
          className={classes.filled}
          cx={-214}
          cy={320}
          rx={158}
          ry={124}
          pathLength={100}
          strokeDasharray={`${String(share * 100)} 100`}
          transform="rotate(-90)"
          data-empty={share === 0 || undefined}
        />
      </svg>
      <p className={classes.hint} role="status" data-hint={view?.hint} data-testid={ENROLMENT.hint}>
        <HintText hint={view?.phase === "done" ? "good" : (view?.hint ?? "lookHere")} />
      </p>
    </div>
  );
}

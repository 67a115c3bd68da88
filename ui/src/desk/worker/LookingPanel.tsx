import { Trans, useLingui } from "@lingui/react/macro";
import { IconId, IconUsers } from "@tabler/icons-react";

import { BlindDrawing } from "@/components/BlindDrawing";
import { CameraPicture } from "@/components/CameraPicture";
import { HeadDrawing, type HeadPose } from "@/components/HeadDrawing";
import classes from "@/desk/worker/CameraPanel.module.css";
import type { FaceHint, FaceView } from "@/ipc/bindings";
import { HINT_TEXTS } from "@/ipc/hints";
import { TEST_IDS } from "@/testids";

/** What only a living person does when asked. */
const ACTS: Readonly<Partial<Record<FaceHint, HeadPose>>> = {
  blink: "blink",
  turnLeft: "turnLeft",
  turnRight: "turnRight",
};

/** The live picture as a mirror, the oval that fills while frames agree, and one instruction. */
export function LookingPanel({ face }: { face: FaceView }) {
  const { t } = useLingui();
  const { hint } = face;
  const act = ACTS[hint];
  const refused = hint === "notKnown" || hint === "notLive";
  return (
    <section className={classes.looking} data-testid={TEST_IDS.camera} data-state="looking">
      <CameraPicture
        className={classes.picture}
        silent={
          <div className={classes.silent}>
            <BlindDrawing hint="cameraMissing" />
          </div>
        }
      />
      <Oval progress={Math.min(1, Math.max(0, face.progress ?? 0))} />
      <Whose face={face} />
      <p
        className={classes.hint}
        data-refused={refused || undefined}
        data-act={act}
        role="status"
        data-testid={TEST_IDS.cameraHint}
        data-hint={hint}
      >
        {act !== undefined && <HeadDrawing pose={act} size={92} />}
        <span>{t(HINT_TEXTS[hint])}</span>
      </p>
    </section>
  );
}

function Oval({ progress }: { progress: number }) {
  return (
    <svg className={classes.oval} viewBox="0 0 428 388" preserveAspectRatio="xMidYMid slice" aria-hidden>
      <ellipse className={classes.guide} cx={214} cy={176} rx={98} ry={124} />
      {progress > 0 && (
        <ellipse
          className={classes.progress}
          cx={214}
          cy={176}
          rx={124}
          ry={98}
          pathLength={100}
          strokeDasharray={`${String(progress * 100)} 100`}
          transform="rotate(-90 214 176)"
        />
      )}
    </svg>
  );
}

/** Whose face is looked for: the badge's owner, or anybody but the one who is vouched for. */
function Whose({ face }: { face: FaceView }) {
  const { vouchingFor, claimedName } = face;
  if (vouchingFor !== null) {
    return (
      <p className={classes.whose} data-vouching data-testid={TEST_IDS.cameraWhose}>
        <IconUsers size={22} stroke={1.75} aria-hidden />
        <span>
          <Trans>Now another employee, please</Trans>
        </span>
      </p>
    );
  }
  if (claimedName === null) return null;
  return (
    <p className={classes.whose} data-testid={TEST_IDS.cameraWhose}>
      <IconId size={22} stroke={1.75} aria-hidden />
      <span>{claimedName}</span>
    </p>
  );
}

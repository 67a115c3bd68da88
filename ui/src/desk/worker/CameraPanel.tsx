import { Trans, useLingui } from "@lingui/react/macro";
import { IconCameraOff, IconFaceId, IconUserQuestion } from "@tabler/icons-react";

import { CameraPicture } from "@/components/CameraPicture";
import classes from "@/desk/worker/CameraPanel.module.css";
import { ConfirmationPanel } from "@/desk/worker/ConfirmationPanel";
import { HINT_TEXTS } from "@/desk/worker/hintTexts";
import { useRemaining } from "@/desk/worker/useRemaining";
import type { ConfirmationView, FaceView } from "@/ipc/bindings";
import { TEST_IDS } from "@/testids";

interface CameraPanelProps {
  face: FaceView;
  confirmation: ConfirmationView | null;
}

/** Who is at the desk: looked for, known, or not asked for yet. */
export function CameraPanel({ face, confirmation }: CameraPanelProps) {
  const remainingMs = useRemaining(confirmation);
  if (confirmation !== null && remainingMs > 0) {
    return <ConfirmationPanel confirmation={confirmation} remainingMs={remainingMs} />;
  }
  if (!face.active) return <Idle />;
  if (face.hint === "cameraMissing" || face.hint === "nobodyEnrolled") return <Blind hint={face.hint} />;
  return <Looking face={face} />;
}

function Idle() {
  return (
    <section className={classes.idle} data-testid={TEST_IDS.camera} data-state="idle">
      <IconFaceId size={72} stroke={1.5} aria-hidden />
      <h2 className={classes.title}>
        <Trans>No face is needed yet</Trans>
      </h2>
      <p className={classes.text}>
        <Trans>Scan the product first, then look at the camera.</Trans>
      </p>
    </section>
  );
}

/** Nothing to see: the reason, and the way on. */
function Blind({ hint }: { hint: "cameraMissing" | "nobodyEnrolled" }) {
  const { t } = useLingui();
  const Icon = hint === "cameraMissing" ? IconCameraOff : IconUserQuestion;
  return (
    <section className={classes.idle} data-warning data-testid={TEST_IDS.camera} data-state="blind">
      <Icon size={72} stroke={1.5} aria-hidden />
      <h2 className={classes.title} data-testid={TEST_IDS.cameraHint} data-hint={hint} role="status">
        {t(HINT_TEXTS[hint])}
      </h2>
      <p className={classes.text}>
        {hint === "cameraMissing" ? (
          <Trans>Check its cable. The lines stay here.</Trans>
        ) : (
          <Trans>Ask the Admin to record the employees' faces.</Trans>
        )}
      </p>
    </section>
  );
}

/** The live picture as a mirror, the oval that fills while frames agree, and one instruction. */
function Looking({ face }: { face: FaceView }) {
  const { t } = useLingui();
  const progress = Math.min(1, Math.max(0, face.progress ?? 0));
  const refused = face.hint === "notKnown";
  return (
    <section className={classes.looking} data-testid={TEST_IDS.camera} data-state="looking">
      <CameraPicture className={classes.picture} />
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
      <p
        className={classes.hint}
        data-refused={refused || undefined}
        role="status"
        data-testid={TEST_IDS.cameraHint}
        data-hint={face.hint}
      >
        {t(HINT_TEXTS[face.hint])}
      </p>
    </section>
  );
}

import { Trans } from "@lingui/react/macro";
import { IconFaceId } from "@tabler/icons-react";

import { BadgePanel } from "@/desk/worker/BadgePanel";
import { BlindPanel } from "@/desk/worker/BlindPanel";
import classes from "@/desk/worker/CameraPanel.module.css";
import { ConfirmationPanel } from "@/desk/worker/ConfirmationPanel";
import { LookingPanel } from "@/desk/worker/LookingPanel";
import { useRemaining } from "@/desk/worker/useRemaining";
import type { ConfirmationView, FaceView } from "@/ipc/bindings";
import { isBlind } from "@/ipc/hints";
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
  if (isBlind(face.hint)) return <BlindPanel hint={face.hint} />;
  if (face.hint === "scanBadge") return <BadgePanel vouching={face.vouchingFor !== null} />;
  return <LookingPanel face={face} />;
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

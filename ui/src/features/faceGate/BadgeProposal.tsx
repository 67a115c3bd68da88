import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconId } from "@tabler/icons-react";
import { Link } from "wouter";

import classes from "@/features/faceGate/FaceGatePage.module.css";
import { FACE_GATE } from "@/features/faceGate/testids";
import type { ProposesBadges } from "@/ipc/bindings";

/** A face alone is not enough any more, or not yet: the program proposes badges itself and says why. */
export function BadgeProposal({ reason }: { reason: ProposesBadges }) {
  if (reason === "no") return null;
  return (
    <section className={classes.proposal} data-testid={FACE_GATE.proposal} data-reason={reason}>
      <IconId size={32} stroke={1.5} aria-hidden />
      <div className={classes.proposalText}>
        <h2>
          <Trans>Badge and face would be surer here</Trans>
        </h2>
        <p>
          {reason === "manyPeople" ? (
            <Trans>More than 20 faces are known: by the face alone the camera may confuse two of them.</Trans>
          ) : (
            <Trans>Somebody’s face is known in one light only. Until the second visit the badge makes it sure.</Trans>
          )}
        </p>
      </div>
      <Button component={Link} href="/settings" variant="default" data-testid={FACE_GATE.toSettings}>
        <Trans>Open the settings</Trans>
      </Button>
    </section>
  );
}

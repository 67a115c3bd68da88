import { Trans } from "@lingui/react/macro";
import { IconCircleCheck } from "@tabler/icons-react";

import classes from "@/desk/worker/CameraPanel.module.css";
import { minutesAndSeconds } from "@/format/date";
import type { ConfirmationView } from "@/ipc/bindings";
import { TEST_IDS } from "@/testids";

interface ConfirmationPanelProps {
  confirmation: ConfirmationView;
  remainingMs: number;
}

/** Whose face holds, and for how long still: a ring that runs down. */
export function ConfirmationPanel({ confirmation, remainingMs }: ConfirmationPanelProps) {
  const share = Math.min(1, remainingMs / confirmation.totalMs);
  return (
    <section className={classes.confirmed} data-testid={TEST_IDS.confirmation} data-employee={confirmation.employeeId}>
      <div className={classes.ring}>
        <svg viewBox="0 0 180 180" aria-hidden>
          <circle className={classes.track} cx={90} cy={90} r={84} />
          <circle
            className={classes.left}
            cx={90}
            cy={90}
            r={84}
            pathLength={100}
            strokeDasharray={`${String(share * 100)} 100`}
          />
        </svg>
        <span className={classes.time} role="timer" data-testid={TEST_IDS.confirmationLeft}>
          {minutesAndSeconds(remainingMs)}
        </span>
      </div>
      <h2 className={classes.name} data-testid={TEST_IDS.confirmationName}>
        {confirmation.employeeName}
      </h2>
      <p className={classes.word}>
        <IconCircleCheck size={22} stroke={1.75} aria-hidden />
        <Word method={confirmation.method} />
      </p>
    </section>
  );
}

function Word({ method }: { method: string }) {
  switch (method) {
    case "vouched_face":
    case "vouched_password":
      return <Trans>Vouched by a second person</Trans>;
    case "badge_face":
      return <Trans>Badge and face confirmed</Trans>;
    default:
      return <Trans>Face confirmed</Trans>;
  }
}

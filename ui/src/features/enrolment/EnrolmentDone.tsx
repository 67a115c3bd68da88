import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconCheck, IconCircleCheck } from "@tabler/icons-react";
import { Link } from "wouter";

import { LightsBadge } from "@/components/FaceBadges";
import classes from "@/features/enrolment/EnrolmentPage.module.css";
import { ENROLMENT } from "@/features/enrolment/testids";
import type { Employee, EnrolmentView } from "@/ipc/bindings";

/** The face is known: how well, and what is still missing. */
export function EnrolmentDone({ employee, view }: { employee: Employee; view: EnrolmentView }) {
  const { name } = employee;
  // The list may not have been read anew yet; the visit says the least that is known now.
  const lights = view.visit === "second" ? 2 : view.visit === "first" ? 1 : Math.max(1, employee.lights);
  return (
    <section className={classes.done} data-testid={ENROLMENT.done} role="status">
      <IconCircleCheck size={56} stroke={1.5} aria-hidden />
      <h2>{name}</h2>
      <p>
        <Trans>The face is known. It can confirm movements from now on.</Trans>
      </p>
      {view.quality !== null && (
        <p className={classes.quality} data-testid={ENROLMENT.quality}>
          <Trans>Quality</Trans> <strong>{`${String(view.quality)} %`}</strong>
        </p>
      )}
      <LightsBadge lights={lights} />
      {lights === 1 && (
        <p className={classes.later} data-testid={ENROLMENT.firstLight}>
          <Trans>
            In other light the face may be refused. Repeat this once at another time of day: that helps more than anything
            else.
          </Trans>
        </p>
      )}
      <Button
        component={Link}
        href="/employees"
        fullWidth
        mt={8}
        leftSection={<IconCheck size={20} />}
        autoFocus
        data-testid={ENROLMENT.finish}
      >
        <Trans>Done</Trans>
      </Button>
    </section>
  );
}

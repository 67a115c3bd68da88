import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconUserQuestion } from "@tabler/icons-react";

import classes from "@/features/enrolment/EnrolmentPage.module.css";
import { ENROLMENT } from "@/features/enrolment/testids";
import type { RunningEnrolment } from "@/features/enrolment/useEnrolment";

interface ResemblanceProps {
  name: string;
  /** Whom the face resembles. */
  other: string;
  enrolment: RunningEnrolment;
}

/** The face resembles somebody's who is enrolled already; only an Admin who sees both can tell. */
export function Resemblance({ name, other, enrolment }: ResemblanceProps) {
  return (
    <section className={classes.question} data-testid={ENROLMENT.resembles} role="alert">
      <IconUserQuestion size={56} stroke={1.5} aria-hidden />
      <h2>
        <Trans>Is this face already enrolled as {other}?</Trans>
      </h2>
      <p>
        <Trans>The two are very much alike. Look who stands before the camera: one person must not have two names.</Trans>
      </p>
      <Button
        fullWidth
        h={48}
        loading={enrolment.answering}
        onClick={() => {
          enrolment.answer(true);
        }}
        data-testid={ENROLMENT.somebodyElse}
      >
        <Trans>No, {name} is somebody else</Trans>
      </Button>
      <Button
        fullWidth
        h={48}
        variant="default"
        disabled={enrolment.answering}
        onClick={() => {
          enrolment.answer(false);
        }}
        data-testid={ENROLMENT.samePerson}
      >
        <Trans>Yes, it is {other}: keep nothing</Trans>
      </Button>
    </section>
  );
}

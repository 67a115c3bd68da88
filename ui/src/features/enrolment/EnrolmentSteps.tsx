import { Button, Progress } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconCamera, IconCheck, IconCircleCheck, IconRefresh } from "@tabler/icons-react";
import { Link } from "wouter";

import { ErrorNotice } from "@/components/ErrorNotice";
import { Panel } from "@/components/Panel";
import classes from "@/features/enrolment/EnrolmentPage.module.css";
import { ENROLMENT } from "@/features/enrolment/testids";
import type { RunningEnrolment } from "@/features/enrolment/useEnrolment";
import { CommandFailure } from "@/ipc/failure";

/** Beside the camera: what to do, how far it is, and how it ended. */
export function EnrolmentSteps({ name, enrolment }: { name: string; enrolment: RunningEnrolment }) {
  switch (enrolment.view?.phase) {
    case undefined:
      return <Before enrolment={enrolment} />;
    case "collecting":
      return <Collecting enrolment={enrolment} />;
    case "done":
      return <Done name={name} />;
    case "failed":
      return <Failed enrolment={enrolment} />;
  }
}

function Before({ enrolment }: { enrolment: RunningEnrolment }) {
  return (
    <Panel title={<Trans>Before you begin</Trans>}>
      <ol className={classes.rules}>
        <li>
          <Trans>Stand an arm’s length from the camera, with light on the face.</Trans>
        </li>
        <li>
          <Trans>Nobody else in the picture; no mask, no dark glasses.</Trans>
        </li>
        <li>
          <Trans>Turn the head a little to each side when asked to hold still.</Trans>
        </li>
      </ol>
      <p className={classes.privacy}>
        <Trans>No picture is kept: only numbers that describe the face.</Trans>
      </p>
      <Button
        size="md"
        fullWidth
        leftSection={<IconCamera size={20} />}
        loading={enrolment.starting}
        onClick={enrolment.start}
        autoFocus
        data-testid={ENROLMENT.start}
      >
        <Trans>Begin</Trans>
      </Button>
    </Panel>
  );
}

function Collecting({ enrolment }: { enrolment: RunningEnrolment }) {
  const accepted = enrolment.view?.accepted ?? 0;
  const wanted = enrolment.view?.wanted ?? 0;
  return (
    <Panel title={<Trans>Getting to know the face</Trans>}>
      <p className={classes.count} data-testid={ENROLMENT.count}>
        {accepted} <small>/ {wanted}</small>
      </p>
      <Progress value={wanted === 0 ? 0 : (100 * accepted) / wanted} color="saved" size="lg" radius="xl" />
      <p className={classes.privacy}>
        <Trans>Good views so far. It ends by itself.</Trans>
      </p>
      <Button variant="default" fullWidth onClick={enrolment.cancel} data-testid={ENROLMENT.cancel}>
        <Trans>Cancel</Trans>
      </Button>
    </Panel>
  );
}

function Done({ name }: { name: string }) {
  return (
    <section className={classes.done} data-testid={ENROLMENT.done} role="status">
      <IconCircleCheck size={56} stroke={1.5} />
      <h2>{name}</h2>
      <p>
        <Trans>The face is known. It can confirm movements from now on.</Trans>
      </p>
      <Button component={Link} href="/employees" fullWidth leftSection={<IconCheck size={20} />} autoFocus data-testid={ENROLMENT.finish}>
        <Trans>Done</Trans>
      </Button>
    </section>
  );
}

function Failed({ enrolment }: { enrolment: RunningEnrolment }) {
  const failure = enrolment.view?.failure;
  return (
    <Panel title={<Trans>The face was not taken</Trans>}>
      <div className={classes.failed} data-testid={ENROLMENT.failed}>
        {failure && <ErrorNotice error={new CommandFailure(failure)} />}
        <Button
          fullWidth
          leftSection={<IconRefresh size={20} />}
          loading={enrolment.starting}
          onClick={enrolment.start}
          data-testid={ENROLMENT.again}
        >
          <Trans>Try again</Trans>
        </Button>
      </div>
    </Panel>
  );
}

import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconCamera, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useSearchParams } from "wouter";

import { ErrorNotice } from "@/components/ErrorNotice";
import { Panel } from "@/components/Panel";
import { EnrolmentDone } from "@/features/enrolment/EnrolmentDone";
import classes from "@/features/enrolment/EnrolmentPage.module.css";
import { Resemblance } from "@/features/enrolment/Resemblance";
import { ENROLMENT } from "@/features/enrolment/testids";
import type { RunningEnrolment } from "@/features/enrolment/useEnrolment";
import { VisitChoice } from "@/features/enrolment/VisitChoice";
import { visitAsked } from "@/features/enrolment/visits";
import type { Employee, EnrolmentVisit } from "@/ipc/bindings";
import { CommandFailure } from "@/ipc/failure";

interface StepProps {
  employee: Employee;
  enrolment: RunningEnrolment;
}

/** Beside the camera: what to do, how far it is, and how it ended. */
export function EnrolmentSteps({ employee, enrolment }: StepProps) {
  const { view } = enrolment;
  switch (view?.phase) {
    case undefined:
      return <Before employee={employee} enrolment={enrolment} />;
    case "collecting":
      return <Collecting enrolment={enrolment} />;
    case "resembles":
      return <Resemblance name={employee.name} other={view.resembles ?? ""} enrolment={enrolment} />;
    case "done":
      return <EnrolmentDone employee={employee} view={view} />;
    case "failed":
      return <Failed enrolment={enrolment} />;
  }
}

function Before({ employee, enrolment }: StepProps) {
  const [address] = useSearchParams();
  const { lights } = employee;
  const [chosen, choose] = useState<EnrolmentVisit | null>(null);
  const visit = chosen ?? visitAsked(address.get("visit"), lights);
  return (
    <Panel title={<Trans>Before you begin</Trans>}>
      {lights > 0 ? (
        <div className={classes.visits}>
          <VisitChoice lights={lights} visit={visit} onChange={choose} />
        </div>
      ) : (
        <Rules />
      )}
      <p className={classes.privacy}>
        <Trans>No picture is kept: only numbers that describe the face.</Trans>
      </p>
      <Button
        size="md"
        fullWidth
        leftSection={<IconCamera size={20} />}
        loading={enrolment.starting}
        onClick={() => {
          enrolment.start(visit);
        }}
        autoFocus
        data-testid={ENROLMENT.start}
      >
        <Trans>Begin</Trans>
      </Button>
    </Panel>
  );
}

/** What a first visit needs; whoever comes again knows it. */
function Rules() {
  return (
    <ol className={classes.rules}>
      <li>
        <Trans>Stand an arm’s length from the camera, with light on the face.</Trans>
      </li>
      <li>
        <Trans>Nobody else in the picture; no mask, no dark glasses.</Trans>
      </li>
      <li>
        <Trans>Follow the drawing: straight, left, right, up, down, speak.</Trans>
      </li>
    </ol>
  );
}

function Collecting({ enrolment }: { enrolment: RunningEnrolment }) {
  const accepted = enrolment.view?.accepted ?? 0;
  const wanted = enrolment.view?.wanted ?? 0;
  const isWhole = accepted >= wanted && wanted > 0;
  return (
    <Panel title={<Trans>Getting to know the face</Trans>}>
      <p className={classes.count} data-testid={ENROLMENT.count}>
        {accepted} <small>/ {wanted}</small>
      </p>
      <div className={classes.dots} aria-hidden>
        {Array.from({ length: wanted }, (_, at) => (
          <span key={at} className={classes.dot} data-filled={at < accepted || undefined} />
        ))}
      </div>
      <p className={classes.privacy}>
        {isWhole ? (
          <Trans>Now it tests itself: would the face be known again?</Trans>
        ) : (
          <Trans>Good views so far. It ends by itself.</Trans>
        )}
      </p>
      <Button variant="default" fullWidth onClick={enrolment.cancel} data-testid={ENROLMENT.cancel}>
        <Trans>Cancel</Trans>
      </Button>
    </Panel>
  );
}

function Failed({ enrolment }: { enrolment: RunningEnrolment }) {
  const { view } = enrolment;
  return (
    <Panel title={<Trans>The face was not taken</Trans>}>
      <div className={classes.failed} data-testid={ENROLMENT.failed}>
        {view?.failure && <ErrorNotice error={new CommandFailure(view.failure)} />}
        <Button
          fullWidth
          leftSection={<IconRefresh size={20} />}
          loading={enrolment.starting}
          onClick={() => {
            enrolment.start(view?.visit ?? "first");
          }}
          data-testid={ENROLMENT.again}
        >
          <Trans>Try again</Trans>
        </Button>
      </div>
    </Panel>
  );
}

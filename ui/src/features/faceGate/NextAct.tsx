import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Link } from "wouter";

import { needOf, type Need } from "@/features/faceGate/rows";
import { FACE_GATE } from "@/features/faceGate/testids";
import type { FaceReportRow } from "@/ipc/bindings";

const VISITS: Readonly<Record<NonNullable<Need>, string>> = { enrol: "first", second: "second", topUp: "topUp" };

/** What is missing, as a button that leads to the camera. */
export function NextAct({ row }: { row: FaceReportRow }) {
  const need = needOf(row);
  if (need === null) return null;
  return (
    <Button
      component={Link}
      href={`/employees/${row.employeeId}/enrolment?visit=${VISITS[need]}`}
      h={32}
      px={10}
      fz={14}
      variant="light"
      data-need={need}
      data-testid={FACE_GATE.act(row.employeeId)}
    >
      {wordsOf(need)}
    </Button>
  );
}

function wordsOf(need: NonNullable<Need>): ReactNode {
  switch (need) {
    case "enrol":
      return <Trans>Enrol the face</Trans>;
    case "second":
      return <Trans>Second light</Trans>;
    case "topUp":
      return <Trans>Top up</Trans>;
  }
}

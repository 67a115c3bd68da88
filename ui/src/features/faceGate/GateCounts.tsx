import { Skeleton } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { MethodText } from "@/components/MethodText";
import { Panel } from "@/components/Panel";
import classes from "@/features/faceGate/FaceGatePage.module.css";
import { RefusalText } from "@/features/faceGate/RefusalText";
import { vouchedOf } from "@/features/faceGate/rows";
import { FACE_GATE } from "@/features/faceGate/testids";
import { quantity } from "@/format/quantity";
import type { FaceReport } from "@/ipc/bindings";

/** What went through the gate and what did not: today, and in thirty days. */
export function GateCounts({ report }: { report: FaceReport | undefined }) {
  return (
    <div className={classes.counts}>
      <Panel title={<Trans>Confirmed</Trans>} aside={report && <Vouched report={report} />}>
        {report === undefined ? (
          <Skeleton height={72} mt={12} radius="md" />
        ) : (
          <Counts
            none={<Trans>Nobody has been confirmed in 30 days.</Trans>}
            rows={report.methods.map(({ method, today, month }) => ({
              name: <MethodText method={method} />,
              testId: FACE_GATE.method(method),
              today,
              month,
            }))}
          />
        )}
      </Panel>
      <Panel title={<Trans>Refused</Trans>} aside={report && <Mode report={report} />}>
        {report === undefined ? (
          <Skeleton height={72} mt={12} radius="md" />
        ) : (
          <Counts
            none={<Trans>Nobody has been refused in 30 days.</Trans>}
            rows={report.refusals.map(({ reason, today, month }) => ({
              name: <RefusalText reason={reason} />,
              testId: FACE_GATE.refusal(reason),
              today,
              month,
            }))}
          />
        )}
      </Panel>
    </div>
  );
}

function Vouched({ report }: { report: FaceReport }) {
  const { vouched, all } = vouchedOf(report.methods, "month");
  if (all === 0) return null;
  const figure = quantity(String(vouched));
  const whole = quantity(String(all));
  return (
    <span className={classes.aside} data-testid={FACE_GATE.vouched}>
      <Trans>
        vouched: {figure} of {whole}
      </Trans>
    </span>
  );
}

function Mode({ report }: { report: FaceReport }) {
  return (
    <span className={classes.aside} data-testid={FACE_GATE.mode}>
      {report.mode === "face" ? <Trans>asked for: the face alone</Trans> : <Trans>asked for: badge and face</Trans>}
    </span>
  );
}

interface CountsProps {
  none: ReactNode;
  rows: { name: ReactNode; testId: string; today: number; month: number }[];
}

function Counts({ none, rows }: CountsProps) {
  if (rows.length === 0) return <p className={classes.none}>{none}</p>;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th />
          <th scope="col">
            <Trans>Today</Trans>
          </th>
          <th scope="col">
            <Trans>30 days</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, testId, today, month }) => (
          <tr key={testId} data-testid={testId}>
            <th scope="row">{name}</th>
            <td>{quantity(String(today))}</td>
            <td>{quantity(String(month))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

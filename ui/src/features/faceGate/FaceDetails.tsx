import { Modal } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconClock } from "@tabler/icons-react";

import { EmptyState } from "@/components/EmptyState";
import { LightsBadge } from "@/components/FaceBadges";
import { MethodText } from "@/components/MethodText";
import { QualityBar } from "@/components/QualityBar";
import { ActText } from "@/features/faceGate/ActText";
import classes from "@/features/faceGate/FaceGatePage.module.css";
import { NextAct } from "@/features/faceGate/NextAct";
import { FACE_GATE } from "@/features/faceGate/testids";
import { dateOnly, dateTime } from "@/format/date";
import { quantity } from "@/format/quantity";
import type { ConfirmationRow, FaceReportRow } from "@/ipc/bindings";

/** What the gate knows of one employee, and how the last confirmations went. */
export function FaceDetails({ row, onClose }: { row: FaceReportRow; onClose: () => void }) {
  const templates = quantity(String(row.templateCount));
  return (
    <Modal opened onClose={onClose} title={row.name} centered size={760}>
      <div data-testid={FACE_GATE.details}>
        <div className={classes.facts}>
          <LightsBadge lights={row.lights} />
          {row.enrolledAt !== null && (
            <>
              <span>
                <Trans>known since {dateOnly(row.enrolledAt)}</Trans>
              </span>
              <span>
                <Trans>templates: {templates}</Trans>
              </span>
              <QualityBar quality={row.quality} />
            </>
          )}
          <span className={classes.act}>
            <NextAct row={row} />
          </span>
        </div>
        {row.recent.length === 0 ? (
          <EmptyState
            icon={<IconClock />}
            title={<Trans>No confirmation yet</Trans>}
            text={<Trans>The last five stand here, with how alike the face was.</Trans>}
          />
        ) : (
          <Recent rows={row.recent} />
        )}
      </div>
    </Modal>
  );
}

function Recent({ rows }: { rows: ConfirmationRow[] }) {
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>When</Trans>
            </th>
            <th scope="col" data-text>
              <Trans>How</Trans>
            </th>
            <th scope="col">
              <Trans>Score</Trans>
            </th>
            <th scope="col">
              <Trans>Views that agreed</Trans>
            </th>
            <th scope="col" data-text>
              <Trans>Act</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.at}>
              <th scope="row">{dateTime(row.at)}</th>
              <td data-text>
                <MethodText method={row.method} />
                {row.vouchedBy !== null && <small>{row.vouchedBy}</small>}
              </td>
              <td>
                <Score row={row} />
              </td>
              <td>{row.agreeingShare === null ? "–" : `${String(Math.round(Number(row.agreeingShare) * 100))} %`}</td>
              <td data-text>
                <ActText act={row.liveness} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.legend}>
        <Trans>Score: less is more alike. It has to stay below the second number.</Trans>
      </p>
    </>
  );
}

function Score({ row }: { row: ConfirmationRow }) {
  if (row.score === null) return "–";
  return (
    <>
      {quantity(row.score)}
      {row.threshold !== null && <small>{` < ${quantity(row.threshold)}`}</small>}
    </>
  );
}

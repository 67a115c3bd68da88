import { Trans, useLingui } from "@lingui/react/macro";
import { IconUserOff } from "@tabler/icons-react";
import { useMemo } from "react";

import { LightsBadge } from "@/components/FaceBadges";
import { listColumns } from "@/components/ListTable";
import { QualityBar } from "@/components/QualityBar";
import { StateBadge } from "@/components/StateBadge";
import classes from "@/features/faceGate/FaceGatePage.module.css";
import { NextAct } from "@/features/faceGate/NextAct";
import { FACE_GATE } from "@/features/faceGate/testids";
import { dateOnly, dateTime } from "@/format/date";
import { quantity } from "@/format/quantity";
import type { FaceReportRow } from "@/ipc/bindings";

const column = listColumns<FaceReportRow>();

/** The columns of the face gate; a name opens the last confirmations. */
export function useFaceColumns(onOpen: (row: FaceReportRow) => void) {
  return useMemo(
    () =>
      column.columns([
        column.accessor("name", {
          header: () => <Trans>Full name</Trans>,
          meta: { tone: "strong" },
          cell: ({ row }) => <Name row={row.original} onOpen={onOpen} />,
        }),
        column.accessor("enrolledAt", {
          header: () => <Trans>Recorded</Trans>,
          meta: { tone: "quiet", width: "104px" },
          cell: ({ row }) => (row.original.enrolledAt === null ? "–" : dateOnly(row.original.enrolledAt)),
        }),
        column.accessor("lights", {
          header: () => <Trans>Face</Trans>,
          meta: { width: "180px" },
          cell: ({ row }) =>
            row.original.active ? (
              <LightsBadge lights={row.original.lights} />
            ) : (
              <StateBadge tone="quiet" icon={<IconUserOff />}>
                <Trans>works here no longer</Trans>
              </StateBadge>
            ),
        }),
        column.accessor("quality", {
          header: () => <Trans>Quality</Trans>,
          meta: { align: "end", width: "104px" },
          cell: ({ row }) => <QualityBar quality={row.original.quality} />,
        }),
        column.accessor("refusedMonth", {
          header: () => <Trans>Refused, 30 days</Trans>,
          meta: { align: "end", width: "112px" },
          cell: ({ row }) => quantity(String(row.original.refusedMonth)),
        }),
        column.display({
          id: "last",
          header: () => <Trans>Last time</Trans>,
          meta: { align: "end", tone: "quiet", width: "144px" },
          cell: ({ row }) => {
            const [last] = row.original.recent;
            return last === undefined ? "–" : dateTime(last.at);
          },
        }),
        column.display({
          id: "act",
          header: () => null,
          meta: { align: "end", width: "150px" },
          cell: ({ row }) => <NextAct row={row.original} />,
        }),
      ]),
    [onOpen],
  );
}

function Name({ row, onOpen }: { row: FaceReportRow; onOpen: (row: FaceReportRow) => void }) {
  const { t } = useLingui();
  const { name } = row;
  return (
    <button
      type="button"
      className={classes.name}
      aria-label={t`Last confirmations of ${name}`}
      onClick={() => {
        onOpen(row);
      }}
      data-testid={FACE_GATE.open(row.employeeId)}
    >
      {name}
    </button>
  );
}

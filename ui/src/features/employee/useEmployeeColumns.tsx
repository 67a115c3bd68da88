import { Trans } from "@lingui/react/macro";
import { IconUserOff } from "@tabler/icons-react";
import { useMemo } from "react";

import { Code } from "@/components/Code";
import { LightsBadge } from "@/components/FaceBadges";
import { listColumns } from "@/components/ListTable";
import { QualityBar } from "@/components/QualityBar";
import { StateBadge } from "@/components/StateBadge";
import { EmployeeActs } from "@/features/employee/EmployeeActs";
import { dateTime } from "@/format/date";
import type { Employee } from "@/ipc/bindings";

/** What is done to an employee in a dialog of its own. */
export type EmployeeAct = "badge" | "erase";

const column = listColumns<Employee>();

/** The columns of the employees; acts are offered only to those who may write. */
export function useEmployeeColumns(onAct: ((act: EmployeeAct, employee: Employee) => void) | null) {
  return useMemo(
    () =>
      column.columns([
        column.accessor("name", { header: () => <Trans>Full name</Trans>, meta: { tone: "strong" } }),
        column.accessor("badgeCode", {
          header: () => <Trans>Badge</Trans>,
          meta: { tone: "quiet", width: "150px" },
          cell: ({ row }) => <Code>{row.original.badgeCode}</Code>,
        }),
        column.accessor("enrolledAt", {
          header: () => <Trans>Face</Trans>,
          meta: { width: "190px" },
          cell: ({ row }) => <FaceState employee={row.original} />,
        }),
        column.accessor("quality", {
          header: () => <Trans>Quality</Trans>,
          meta: { align: "end", width: "104px" },
          cell: ({ row }) => <QualityBar quality={row.original.quality} />,
        }),
        column.accessor("lastConfirmedAt", {
          header: () => <Trans>Last time</Trans>,
          meta: { align: "end", tone: "quiet", width: "150px" },
          cell: ({ row }) => (row.original.lastConfirmedAt === null ? "–" : dateTime(row.original.lastConfirmedAt)),
        }),
        ...(onAct === null
          ? []
          : [
              column.display({
                id: "acts",
                header: () => null,
                meta: { align: "end", width: "220px" },
                cell: ({ row }) => (
                  <EmployeeActs
                    employee={row.original}
                    onAct={(act) => {
                      onAct(act, row.original);
                    }}
                  />
                ),
              }),
            ]),
      ]),
    [onAct],
  );
}

function FaceState({ employee }: { employee: Employee }) {
  if (!employee.active) {
    return (
      <StateBadge tone="quiet" icon={<IconUserOff />}>
        <Trans>works here no longer</Trans>
      </StateBadge>
    );
  }
  return <LightsBadge lights={employee.lights} />;
}

import { Trans } from "@lingui/react/macro";
import { IconCircleCheck, IconCircleDashed, IconUserOff } from "@tabler/icons-react";
import { useMemo } from "react";

import { listColumns } from "@/components/ListTable";
import { StateBadge } from "@/components/StateBadge";
import { EmployeeActs } from "@/features/employee/EmployeeActs";
import { dateOnly, dateTime } from "@/format/date";
import { groupedCode } from "@/format/quantity";
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
          cell: ({ row }) => groupedCode(row.original.badgeCode),
        }),
        column.accessor("enrolledAt", {
          header: () => <Trans>Face</Trans>,
          meta: { width: "210px" },
          cell: ({ row }) => <FaceState employee={row.original} />,
        }),
        column.accessor("templateCount", {
          header: () => <Trans>Templates</Trans>,
          meta: { align: "end", tone: "quiet", width: "96px" },
        }),
        column.accessor("lastConfirmedAt", {
          header: () => <Trans>Last confirmation</Trans>,
          meta: { align: "end", tone: "quiet", width: "150px" },
          cell: ({ row }) => (row.original.lastConfirmedAt === null ? "–" : dateTime(row.original.lastConfirmedAt)),
        }),
        ...(onAct === null
          ? []
          : [
              column.display({
                id: "acts",
                header: () => null,
                meta: { align: "end", width: "236px" },
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
  if (employee.enrolledAt === null) {
    return (
      <StateBadge tone="warning" icon={<IconCircleDashed />}>
        <Trans>face not known yet</Trans>
      </StateBadge>
    );
  }
  return (
    <StateBadge tone="saved" icon={<IconCircleCheck />}>
      <Trans>known since {dateOnly(employee.enrolledAt)}</Trans>
    </StateBadge>
  );
}

import { Tooltip } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconClock, IconRosetteDiscountCheck } from "@tabler/icons-react";
import { useMemo } from "react";

import { listColumns } from "@/components/ListTable";
import { ActionText } from "@/features/audit/ActionText";
import classes from "@/features/audit/AuditPage.module.css";
import { particulars } from "@/features/audit/particulars";
import { dateTime } from "@/format/date";
import type { AuditEntry } from "@/ipc/bindings";

const column = listColumns<AuditEntry>();

/** The columns of the journal. */
export function useAuditColumns() {
  return useMemo(
    () =>
      column.columns([
        column.accessor("at", {
          header: () => <Trans>When</Trans>,
          meta: { tone: "quiet", width: "150px" },
          cell: ({ row }) => <span className={classes.when}>{dateTime(row.original.at)}</span>,
        }),
        column.accessor("userName", {
          header: () => <Trans>Who</Trans>,
          meta: { width: "170px" },
          cell: ({ row }) => row.original.userName ?? <Trans>Ombor itself</Trans>,
        }),
        column.accessor("action", {
          header: () => <Trans>What</Trans>,
          meta: { tone: "strong", width: "250px" },
          cell: ({ row }) => <ActionText action={row.original.action} />,
        }),
        column.accessor("details", {
          header: () => <Trans>Particulars</Trans>,
          meta: { tone: "quiet" },
          cell: ({ row }) => {
            const text = [row.original.object, particulars(row.original.details)].filter(Boolean).join(" · ");
            return (
              <span className={classes.particulars} title={text}>
                {text}
              </span>
            );
          },
        }),
        column.accessor("sealed", {
          header: () => <Trans>Seal</Trans>,
          meta: { align: "end", width: "60px" },
          cell: ({ row }) => <Seal sealed={row.original.sealed} />,
        }),
      ]),
    [],
  );
}

function Seal({ sealed }: { sealed: boolean }) {
  const { t } = useLingui();
  const meaning = sealed ? t`Sealed: a change would show` : t`Not sealed yet: that happens within a minute`;
  const Icon = sealed ? IconRosetteDiscountCheck : IconClock;
  return (
    <Tooltip label={meaning}>
      <Icon size={20} stroke={1.75} className={classes.seal} data-sealed={sealed || undefined} aria-label={meaning} />
    </Tooltip>
  );
}

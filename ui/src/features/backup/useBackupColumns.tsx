import { Trans } from "@lingui/react/macro";
import { IconHelpCircle } from "@tabler/icons-react";
import { useMemo } from "react";

import { listColumns } from "@/components/ListTable";
import { StateBadge } from "@/components/StateBadge";
import { fileSize } from "@/features/backup/size";
import { BACKUP } from "@/features/backup/testids";
import { dateTime } from "@/format/date";
import { quantity } from "@/format/quantity";
import type { Backup } from "@/ipc/bindings";

const column = listColumns<Backup>();

/** The columns of the backups: when, which file, how long, and whether anybody has tried it. */
export function useBackupColumns() {
  return useMemo(
    () =>
      column.columns([
        column.accessor("takenAt", {
          header: () => <Trans>Taken</Trans>,
          meta: { tone: "strong", width: "180px" },
          cell: ({ row }) => dateTime(row.original.takenAt),
        }),
        column.accessor("fileName", {
          header: () => <Trans>File</Trans>,
          meta: { tone: "quiet" },
          cell: ({ row }) => <span data-testid={BACKUP.row(row.original.fileName)}>{row.original.fileName}</span>,
        }),
        column.accessor("sizeBytes", {
          header: () => <Trans>Size</Trans>,
          meta: { align: "end", width: "120px" },
          cell: ({ row }) => {
            const [amount, unit] = fileSize(row.original.sizeBytes);
            return `${quantity(amount)} ${unit}`;
          },
        }),
        column.display({
          id: "state",
          header: () => null,
          meta: { width: "200px" },
          cell: () => (
            <StateBadge tone="quiet" icon={<IconHelpCircle />}>
              <Trans>not verified yet</Trans>
            </StateBadge>
          ),
        }),
      ]),
    [],
  );
}

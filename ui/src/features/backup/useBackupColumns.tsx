import { Button, Group } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconAlertTriangle, IconBuildingWarehouse, IconCopyCheck, IconHistory, IconShieldCheck } from "@tabler/icons-react";
import { useMemo } from "react";

import { listColumns } from "@/components/ListTable";
import { StateBadge } from "@/components/StateBadge";
import { fileSize } from "@/features/backup/size";
import { BACKUP } from "@/features/backup/testids";
import { dateTime } from "@/format/date";
import { quantity } from "@/format/quantity";
import type { Backup } from "@/ipc/bindings";

const column = listColumns<Backup>();

interface Acts {
  /** Something is being done with backups already. */
  busy: boolean;
  onVerify: (backup: Backup) => void;
  onRestore: (backup: Backup) => void;
}

/** The columns of the backups: when, what is in it, how long, how good, and what can be done with it. */
export function useBackupColumns({ busy, onVerify, onRestore }: Acts) {
  return useMemo(
    () =>
      column.columns([
        column.accessor("takenAt", {
          header: () => <Trans>Taken</Trans>,
          meta: { tone: "strong", width: "160px" },
          cell: ({ row }) => <span data-testid={BACKUP.row(row.original.name)}>{dateTime(row.original.takenAt)}</span>,
        }),
        column.accessor("movements", {
          header: () => <Trans>Movements</Trans>,
          meta: { align: "end", width: "110px" },
          cell: ({ row }) => quantity(String(row.original.movements)),
        }),
        column.accessor("sizeBytes", {
          header: () => <Trans>Size</Trans>,
          meta: { align: "end", width: "100px" },
          cell: ({ row }) => {
            const [amount, unit] = fileSize(row.original.sizeBytes);
            return `${quantity(amount)} ${unit}`;
          },
        }),
        column.display({
          id: "state",
          header: () => null,
          cell: ({ row }) => <Marks backup={row.original} />,
        }),
        column.display({
          id: "acts",
          header: () => null,
          meta: { align: "end", width: "220px" },
          cell: ({ row }) => (
            <Group gap={8} justify="flex-end" wrap="nowrap" py={6}>
              <Button
                size="compact-sm"
                variant="subtle"
                disabled={busy}
                onClick={() => {
                  onVerify(row.original);
                }}
                data-testid={BACKUP.verify(row.original.name)}
              >
                <Trans>Try</Trans>
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                disabled={busy}
                onClick={() => {
                  onRestore(row.original);
                }}
                data-testid={BACKUP.restore(row.original.name)}
              >
                <Trans>Restore…</Trans>
              </Button>
            </Group>
          ),
        }),
      ]),
    [busy, onVerify, onRestore],
  );
}

function Marks({ backup }: { backup: Backup }) {
  return (
    <Group gap={8}>
      <StateBadge tone="saved" icon={<IconShieldCheck />}>
        <Trans>verified</Trans>
      </StateBadge>
      {backup.place !== "once" && (
        <StateBadge tone="saved" icon={<IconCopyCheck />}>
          {backup.place === "twice" ? <Trans>on the second disk too</Trans> : <Trans>on the second disk</Trans>}
        </StateBadge>
      )}
      {backup.broughtBack && (
        <StateBadge tone="quiet" icon={<IconHistory />}>
          <Trans>a moment brought back</Trans>
        </StateBadge>
      )}
      {backup.faults > 0 && (
        <StateBadge tone="warning" icon={<IconAlertTriangle />}>
          <Trans>its books have faults</Trans>
        </StateBadge>
      )}
      {!backup.own && (
        <StateBadge tone="quiet" icon={<IconBuildingWarehouse />}>
          <Trans>another warehouse</Trans>
        </StateBadge>
      )}
    </Group>
  );
}

import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useMemo } from "react";

import { listColumns } from "@/components/ListTable";
import { KindBadge } from "@/features/movement/KindBadge";
import { MethodText } from "@/components/MethodText";
import { moved } from "@/features/movement/moved";
import classes from "@/features/movement/MovementListPage.module.css";
import { MOVEMENT_LIST } from "@/features/movement/testids";
import { dateTime } from "@/format/date";
import type { Movement } from "@/ipc/bindings";

const column = listColumns<Movement>();

/** The columns of the history; a reversal is offered only when somebody may post one. */
export function useMovementColumns(onReverse: ((movement: Movement) => void) | null) {
  return useMemo(
    () =>
      column.columns([
        column.accessor("at", {
          header: () => <Trans>When</Trans>,
          meta: { tone: "quiet", width: "150px" },
          cell: ({ row }) => <span className={classes.when}>{dateTime(row.original.at)}</span>,
        }),
        column.accessor("kind", {
          header: () => <Trans>Kind</Trans>,
          meta: { width: "120px" },
          cell: ({ row }) => <KindBadge movement={row.original} />,
        }),
        column.accessor("productName", {
          header: () => <Trans>Product</Trans>,
          meta: { tone: "strong" },
          cell: ({ row }) => (
            <span className={classes.twoLines} data-reversed={row.original.reversed || undefined}>
              <span>{row.original.productName}</span>
              <small>{row.original.sku}</small>
            </span>
          ),
        }),
        column.accessor("quantity", {
          header: () => <Trans>Quantity</Trans>,
          meta: { align: "end", tone: "strong", width: "110px" },
          cell: ({ row }) => (
            <span className={classes.quantity} data-reversed={row.original.reversed || undefined}>
              {moved(row.original)}
            </span>
          ),
        }),
        column.display({
          id: "who",
          header: () => <Trans>Who</Trans>,
          meta: { width: "200px" },
          cell: ({ row }) => <Who movement={row.original} />,
        }),
        column.accessor("documentNumber", {
          header: () => <Trans>Document</Trans>,
          meta: { align: "end", tone: "quiet", width: "84px" },
          cell: ({ row }) => `№ ${row.original.documentNumber}`,
        }),
        ...(onReverse === null
          ? []
          : [
              column.display({
                id: "reverse",
                header: () => null,
                meta: { align: "end", width: "120px" },
                cell: ({ row }) => <ReverseButton movement={row.original} onReverse={onReverse} />,
              }),
            ]),
      ]),
    [onReverse],
  );
}

/** The employee whose face said yes, and the login that it happened under. */
function Who({ movement }: { movement: Movement }) {
  return (
    <span className={classes.twoLines}>
      <span>{movement.employeeName ?? movement.userName}</span>
      <small>
        {movement.employeeName !== null && `${movement.userName} · `}
        <MethodText method={movement.method} />
      </small>
    </span>
  );
}

function ReverseButton({ movement, onReverse }: { movement: Movement; onReverse: (movement: Movement) => void }) {
  if (movement.reversed) {
    return (
      <span className={classes.reversed}>
        <Trans>reversed</Trans>
      </span>
    );
  }
  if (movement.reversalOf !== null) return null;
  return (
    <Button
      h={32}
      px={10}
      fz={14}
      variant="subtle"
      color="gray"
      leftSection={<IconArrowBackUp size={16} />}
      onClick={() => {
        onReverse(movement);
      }}
      data-testid={MOVEMENT_LIST.reverse(movement.id)}
    >
      <Trans>Reverse</Trans>
    </Button>
  );
}

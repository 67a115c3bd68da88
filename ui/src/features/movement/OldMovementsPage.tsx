import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconDownload, IconHistory, IconSearch, IconSearchOff, IconUpload } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

import { BackLink } from "@/components/BackLink";
import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { FilterBar } from "@/components/FilterBar";
import { listColumns, ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { SaveListMenu } from "@/components/SaveListMenu";
import { StateBadge } from "@/components/StateBadge";
import { DayField } from "@/features/movement/DayField";
import { OLD_WORDS } from "@/features/movement/kinds";
import classes from "@/features/movement/MovementListPage.module.css";
import { EVERY_OLD_MOVEMENT, oldMovementsQuery, oldQueryOf } from "@/features/movement/queries";
import { OLD_MOVEMENTS } from "@/features/movement/testids";
import { quantity } from "@/format/quantity";
import type { Direction, ListField, OldMovement } from "@/ipc/bindings";

const DEBOUNCE_MS = 200;
const SAVED: readonly ListField[] = ["at", "kind", "product", "quantity", "user", "note", "source"];

const column = listColumns<OldMovement>();
const COLUMNS = column.columns([
  column.accessor("writtenAt", {
    header: () => <Trans>When</Trans>,
    meta: { tone: "quiet", width: "190px" },
    cell: ({ row }) => <span className={classes.when}>{row.original.writtenAt ?? "–"}</span>,
  }),
  column.accessor("direction", {
    header: () => <Trans>Kind</Trans>,
    meta: { width: "120px" },
    cell: ({ row }) => <Way direction={row.original.direction} />,
  }),
  column.accessor("product", {
    header: () => <Trans>Product</Trans>,
    meta: { tone: "strong" },
    cell: ({ row }) => row.original.product ?? "–",
  }),
  column.accessor("quantity", {
    header: () => <Trans>Quantity</Trans>,
    meta: { align: "end", tone: "strong", width: "110px" },
    cell: ({ row }) => (row.original.quantity === null ? "–" : quantity(row.original.quantity)),
  }),
  column.accessor("user", {
    header: () => <Trans>Who</Trans>,
    meta: { width: "140px" },
    cell: ({ row }) => row.original.user ?? "–",
  }),
  column.accessor("note", {
    header: () => <Trans>Note</Trans>,
    meta: { tone: "quiet", width: "260px" },
    cell: ({ row }) => row.original.note ?? "",
  }),
]);

/** What an old program wrote of its movements: to be read, apart from the ledger. */
export function OldMovementsPage() {
  const { t } = useLingui();
  const [filter, setFilter] = useState(EVERY_OLD_MOVEMENT);
  const [searched] = useDebouncedValue(filter, DEBOUNCE_MS);
  const movements = useInfiniteQuery(oldMovementsQuery(searched));
  return (
    <Page
      before={<BackLink href="/movements" />}
      title={<Trans>Old movements</Trans>}
      actions={
        <SaveListMenu
          list={{ kind: "oldMovements", query: oldQueryOf(searched, null) }}
          title={t`Old movements`}
          fields={SAVED}
          words={OLD_WORDS}
        />
      }
    >
      <FilterBar aside={<Trans>As the old program wrote them; the stock does not count them.</Trans>}>
        <TextInput
          w={260}
          value={filter.text}
          onChange={(event) => {
            setFilter({ ...filter, text: event.currentTarget.value });
          }}
          leftSection={<IconSearch size={18} />}
          placeholder={t`Product`}
          aria-label={t`Search old movements`}
          data-testid={OLD_MOVEMENTS.search}
        />
        <DayField
          label={t`First day`}
          day={filter.from}
          onChange={(from) => {
            setFilter({ ...filter, from });
          }}
          testId={OLD_MOVEMENTS.from}
        />
        <DayField
          label={t`Last day`}
          day={filter.to}
          onChange={(to) => {
            setFilter({ ...filter, to });
          }}
          testId={OLD_MOVEMENTS.to}
        />
      </FilterBar>
      {movements.isError ? (
        <ErrorNotice error={movements.error} onRetry={() => void movements.refetch()} />
      ) : (
        <ListTable
          label={t`Old movements`}
          columns={COLUMNS}
          rows={movements.data?.pages.flatMap((page) => page.rows)}
          rowId={(row) => row.id}
          empty={<NoOldMovements />}
          more={{
            wanted: movements.hasNextPage,
            loading: movements.isFetchingNextPage,
            load: () => void movements.fetchNextPage(),
          }}
        />
      )}
    </Page>
  );
}

function Way({ direction }: { direction: Direction | null }) {
  switch (direction) {
    case "in":
      return (
        <StateBadge tone="in" icon={<IconDownload />}>
          <Trans>In</Trans>
        </StateBadge>
      );
    case "out":
      return (
        <StateBadge tone="out" icon={<IconUpload />}>
          <Trans>Out</Trans>
        </StateBadge>
      );
    case null:
      return (
        <StateBadge tone="quiet" icon={<IconHistory />}>
          <Trans>not said</Trans>
        </StateBadge>
      );
  }
}

function NoOldMovements() {
  return (
    <EmptyState
      icon={<IconSearchOff />}
      title={<Trans>Nothing happened that fits</Trans>}
      text={<Trans>Choose a longer period or take a filter away.</Trans>}
    />
  );
}

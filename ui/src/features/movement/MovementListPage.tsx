import { Trans, useLingui } from "@lingui/react/macro";
import { IconArrowsExchange, IconSearchOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "wouter";

import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { isFiltered, readFilter, writeFilter } from "@/features/movement/movementFilter";
import { MovementFilters } from "@/features/movement/MovementFilters";
import { movementsQuery } from "@/features/movement/queries";
import { ReversalDialog } from "@/features/movement/ReversalDialog";
import { useMovementColumns } from "@/features/movement/useMovementColumns";
import type { Movement } from "@/ipc/bindings";
import { useRole } from "@/session/session";

/** What happened: who, what, when, and the Admin's way to put a mistake right. */
export function MovementListPage() {
  const { t } = useLingui();
  const [address, setAddress] = useSearchParams();
  const filter = readFilter(address);
  const movements = useInfiniteQuery(movementsQuery(filter));
  const [toReverse, setToReverse] = useState<Movement | null>(null);
  const columns = useMovementColumns(useRole() === "admin" ? setToReverse : null);
  return (
    <Page title={<Trans>Movements</Trans>}>
      <MovementFilters
        filter={filter}
        onChange={(next) => {
          setAddress(writeFilter(next), { replace: true });
        }}
      />
      {movements.isError ? (
        <ErrorNotice error={movements.error} onRetry={() => void movements.refetch()} />
      ) : (
        <ListTable
          label={t`Movements`}
          columns={columns}
          rows={movements.data?.pages.flatMap((page) => page.rows)}
          rowId={(row) => row.id}
          isFaded={(row) => row.reversed}
          empty={<NoMovements filtered={isFiltered(filter)} />}
          more={{
            wanted: movements.hasNextPage,
            loading: movements.isFetchingNextPage,
            load: () => void movements.fetchNextPage(),
          }}
        />
      )}
      {toReverse !== null && (
        <ReversalDialog
          movement={toReverse}
          onClose={() => {
            setToReverse(null);
          }}
        />
      )}
    </Page>
  );
}

function NoMovements({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState
      icon={<IconSearchOff />}
      title={<Trans>Nothing happened that fits</Trans>}
      text={<Trans>Choose a longer period or take a filter away.</Trans>}
    />
  ) : (
    <EmptyState
      icon={<IconArrowsExchange />}
      title={<Trans>Nothing has moved yet</Trans>}
      text={<Trans>Every receipt and issue stands here with who, what and when. The first one is made at the desk.</Trans>}
    />
  );
}

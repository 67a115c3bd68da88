import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconArrowsExchange, IconHistory, IconSearchOff } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "wouter";

import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { SaveListMenu } from "@/components/SaveListMenu";
import { SAVED_WORDS } from "@/features/movement/kinds";
import { isFiltered, queryOf, readFilter, writeFilter } from "@/features/movement/movementFilter";
import { MovementFilters } from "@/features/movement/MovementFilters";
import { anyOldMovementQuery, movementsQuery } from "@/features/movement/queries";
import { ReversalDialog } from "@/features/movement/ReversalDialog";
import { OLD_MOVEMENTS } from "@/features/movement/testids";
import { useMovementColumns } from "@/features/movement/useMovementColumns";
import type { ListField, Movement } from "@/ipc/bindings";
import { useRole } from "@/session/session";

const SAVED: readonly ListField[] = [
  "at",
  "kind",
  "product",
  "sku",
  "quantity",
  "unit",
  "from",
  "to",
  "employee",
  "method",
  "user",
  "document",
  "reversed",
];

/** What happened: who, what, when, and the Admin's way to put a mistake right. */
export function MovementListPage() {
  const { t } = useLingui();
  const [address, setAddress] = useSearchParams();
  const filter = readFilter(address);
  const movements = useInfiniteQuery(movementsQuery(filter));
  const anyOld = useQuery(anyOldMovementQuery);
  const [toReverse, setToReverse] = useState<Movement | null>(null);
  const columns = useMovementColumns(useRole() === "admin" ? setToReverse : null);
  return (
    <Page
      title={<Trans>Movements</Trans>}
      actions={
        <>
          <SaveListMenu
            list={{ kind: "movements", query: queryOf(filter, new Date(), null) }}
            title={t`Movements`}
            fields={SAVED}
            words={SAVED_WORDS}
          />
          {anyOld.data === true && (
            <Button
              component={Link}
              href="/movements/old?"
              variant="default"
              leftSection={<IconHistory size={18} />}
              data-testid={OLD_MOVEMENTS.open}
            >
              <Trans>Old movements</Trans>
            </Button>
          )}
        </>
      }
    >
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

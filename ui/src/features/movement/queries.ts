import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { queryOf, type MovementFilter } from "@/features/movement/movementFilter";
import type { OldMovementQuery, Reversal } from "@/ipc/bindings";
import { commands } from "@/ipc/client";

export function movementsQuery(filter: MovementFilter) {
  return infiniteQueryOptions({
    queryKey: ["movement", "list", filter],
    queryFn: ({ pageParam }) => commands.listMovements(queryOf(filter, new Date(), pageParam)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** What is searched for among the movements of old programs. */
export type OldMovementFilter = Pick<OldMovementQuery, "text" | "from" | "to">;

export const EVERY_OLD_MOVEMENT: OldMovementFilter = { text: "", from: null, to: null };

const OLD_PAGE_SIZE = 100;

export function oldQueryOf(filter: OldMovementFilter, after: string | null, limit = OLD_PAGE_SIZE): OldMovementQuery {
  return { ...filter, after, limit };
}

export function oldMovementsQuery(filter: OldMovementFilter) {
  return infiniteQueryOptions({
    queryKey: ["movement", "old", filter],
    queryFn: ({ pageParam }) => commands.listOldMovements(oldQueryOf(filter, pageParam)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** Whether anything came over from an old program at all. */
export const anyOldMovementQuery = queryOptions({
  queryKey: ["movement", "anyOld"],
  queryFn: async () => (await commands.listOldMovements(oldQueryOf(EVERY_OLD_MOVEMENT, null, 1))).rows.length > 0,
});

export const filterEmployeesQuery = queryOptions({
  queryKey: ["employee", "list"],
  queryFn: () => commands.listEmployees(),
});

export const filterUsersQuery = queryOptions({
  queryKey: ["user", "list"],
  queryFn: () => commands.listUsers(),
});

export function filterProductQuery(id: string | null) {
  return queryOptions({
    queryKey: ["product", "one", id],
    queryFn: () => (id === null ? null : commands.getProduct(id)),
    enabled: id !== null,
  });
}

export function useReverseMovement() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reversal: Reversal) => commands.reverseMovement(reversal),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["movement"] });
      await client.invalidateQueries({ queryKey: ["stock"] });
      await client.invalidateQueries({ queryKey: ["product"] });
    },
  });
}

import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { queryOf, type MovementFilter } from "@/features/movement/movementFilter";
import type { Reversal } from "@/ipc/bindings";
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

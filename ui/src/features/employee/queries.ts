import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { commands } from "@/ipc/client";

export const employeesQuery = queryOptions({
  queryKey: ["employee", "list"],
  queryFn: () => commands.listEmployees(),
});

export function badgeQuery(id: string) {
  return queryOptions({
    queryKey: ["employee", "badge", id],
    queryFn: () => commands.badgeLabel(id),
  });
}

export function useCreateEmployee() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (name: string) => commands.createEmployee(name), onSuccess: refresh });
}

export function useSetEmployeeActive() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, active }: { id: string; active: boolean }) => commands.setEmployeeActive(id, active),
    onSuccess: refresh,
  });
}

export function useEraseTemplates() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (id: string) => commands.eraseTemplates(id), onSuccess: refresh });
}

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["employee"] });
}

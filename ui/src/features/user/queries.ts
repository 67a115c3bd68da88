import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { NewUser, Role } from "@/ipc/bindings";
import { commands } from "@/ipc/client";

export const usersQuery = queryOptions({
  queryKey: ["user", "list"],
  queryFn: () => commands.listUsers(),
});

export function useCreateUser() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (user: NewUser) => commands.createUser(user), onSuccess: refresh });
}

export function useSetUserActive() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, active }: { id: string; active: boolean }) => commands.setUserActive(id, active),
    onSuccess: refresh,
  });
}

export function useSetUserRole() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) => commands.setUserRole(id, role),
    onSuccess: refresh,
  });
}

export function useSetUserPassword() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, password }: { id: string; password: string }) => commands.setUserPassword(id, password),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["user"] });
}

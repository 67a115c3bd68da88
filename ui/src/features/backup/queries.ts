import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { commands } from "@/ipc/client";

export const backupsQuery = queryOptions({
  queryKey: ["backup", "list"],
  queryFn: () => commands.listBackups(),
});

export function useTakeBackup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => commands.takeBackup(),
    onSuccess: () => client.invalidateQueries({ queryKey: ["backup"] }),
  });
}

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { Settings } from "@/ipc/bindings";
import { commands } from "@/ipc/client";

export const settingsQuery = queryOptions({
  queryKey: ["settings", "all"],
  queryFn: () => commands.getSettings(),
});

export const controlCardsQuery = queryOptions({
  queryKey: ["settings", "controlCards"],
  queryFn: () => commands.controlCards(),
});

export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: Settings) => commands.saveSettings(settings),
    onSuccess: (saved) => {
      client.setQueryData(settingsQuery.queryKey, saved);
    },
  });
}

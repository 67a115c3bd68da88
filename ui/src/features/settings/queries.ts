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

/** Asked for anew with every visit: cameras are plugged in and out. */
export const camerasQuery = queryOptions({
  queryKey: ["settings", "cameras"],
  queryFn: () => commands.listCameras(),
  staleTime: 0,
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

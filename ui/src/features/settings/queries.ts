import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { activateLocale } from "@/i18n/setup";
import type { Locale, Settings } from "@/ipc/bindings";
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

/** The language changes at once and for this station only. */
export function useChangeLocale() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (locale: Locale) => commands.setLocale(locale),
    onSuccess: async (_, locale) => {
      await activateLocale(locale);
      client.setQueryData(settingsQuery.queryKey, (before) => before && { ...before, locale });
    },
  });
}

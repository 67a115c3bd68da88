import { QueryClient } from "@tanstack/react-query";

/**
 * What was read stays good until the desk says that it changed. The desk is on this computer, so a PC without
 * internet is not offline.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: "always", retry: false, refetchOnWindowFocus: false, staleTime: Infinity },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

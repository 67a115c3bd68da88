import { queryOptions, useQuery } from "@tanstack/react-query";

import type { Role } from "@/ipc/bindings";
import { commands } from "@/ipc/client";

/** Who is logged in. Forgotten with the last screen behind a login, so the next person is asked for anew. */
export const sessionQuery = queryOptions({
  queryKey: ["user", "session"],
  queryFn: () => commands.currentSession(),
  gcTime: 0,
});

/** What the person who is logged in may do. The server refuses what a screen should not have offered. */
export function useRole(): Role {
  return useQuery(sessionQuery).data?.role ?? "viewer";
}

import { queryOptions, useQuery } from "@tanstack/react-query";

import type { Role } from "@/ipc/bindings";
import { commands } from "@/ipc/client";

/** Who is logged in; read anew after every log-in and log-out. */
export const sessionQuery = queryOptions({
  queryKey: ["user", "session"],
  queryFn: () => commands.currentSession(),
});

/** What the person who is logged in may do. The server refuses what a screen should not have offered. */
export function useRole(): Role {
  return useQuery(sessionQuery).data?.role ?? "viewer";
}

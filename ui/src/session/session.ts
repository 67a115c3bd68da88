import { createContext, useContext } from "react";

import type { Role, Session } from "@/ipc/bindings";

/** Who is logged in, for every screen behind the login. */
export const SessionContext = createContext<Session | null>(null);

/** The person at the desk. Only for screens behind the login. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("a screen behind the login stands before it");
  return session;
}

/** What the person who is logged in may do. The desk refuses what a screen should not have offered. */
export function useRole(): Role {
  return useSession().role;
}

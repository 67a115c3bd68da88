import { useCallback, useEffect, useState } from "react";

import { activateLocale } from "@/i18n/setup";
import type { Session, StartStatus } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { useDeskEvent } from "@/ipc/events";

/**
 * How often the start is asked after while it lasts, in milliseconds: an event that comes while the window is still
 * subscribing reaches nobody.
 */
const ASK_AGAIN_MS = 300;

/** Where the house stands: starting, waiting for its first person, or open with somebody at the desk. */
export interface Start {
  status: StartStatus | null;
  session: Session | null;
  /** Nobody was there for too long. */
  expired: boolean;
  enter: (session: Session) => void;
  leave: () => void;
}

export function useStart(): Start {
  const [status, setStatus] = useState<StartStatus | null>(null);
  const [session, setSession] = useState<Session | null>(null);
  const [expired, setExpired] = useState(false);

  const show = useCallback((next: StartStatus) => {
    setStatus(next);
    if (next.locale !== null) void activateLocale(next.locale);
    if (next.phase === "ready") void commands.currentSession().then(setSession);
  }, []);

  useDeskEvent("startChanged", show);
  useDeskEvent("sessionEnded", () => {
    setExpired(session !== null);
    setSession(null);
  });
  const isStarting = status === null || status.phase === "starting";
  useEffect(() => {
    if (!isStarting) return undefined;
    const ask = (): void => void commands.startStatus().then(show);
    ask();
    const asking = window.setInterval(ask, ASK_AGAIN_MS);
    return () => {
      window.clearInterval(asking);
    };
  }, [isStarting, show]);

  return {
    status,
    session,
    expired,
    enter: (entered) => {
      setExpired(false);
      setSession(entered);
    },
    leave: () => {
      void commands.logOut();
      setExpired(false);
      setSession(null);
    },
  };
}

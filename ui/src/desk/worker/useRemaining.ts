import { useEffect, useState } from "react";

import type { ConfirmationView } from "@/ipc/bindings";

const TICK_MS = 1000;

/**
 * Milliseconds that a confirmation still holds. The database said how many were left when it was sent; from then on
 * the page counts by its own steady clock, never by the computer's time of day.
 */
export function useRemaining(confirmation: ConfirmationView | null): number {
  const [passed, setPassed] = useState<{ since: ConfirmationView | null; ms: number }>({ since: null, ms: 0 });
  useEffect(() => {
    if (confirmation === null) return;
    const received = performance.now();
    const timer = setInterval(() => {
      setPassed({ since: confirmation, ms: performance.now() - received });
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [confirmation]);
  if (confirmation === null) return 0;
  return Math.max(0, confirmation.remainingMs - (passed.since === confirmation ? passed.ms : 0));
}

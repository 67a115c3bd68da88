import { useEffect, useState } from "react";

import type { ConfirmationView } from "@/ipc/bindings";

const TICK_MS = 1000;

/**
 * Milliseconds that a confirmation still holds. The database said how many were left when it was sent; from then on
 * the page counts by its own steady clock, never by the computer's time of day.
 */
export function useRemaining(confirmation: ConfirmationView | null): number {
  const [received, setReceived] = useState({ confirmation, at: performance.now() });
  const [now, setNow] = useState(received.at);
  if (received.confirmation !== confirmation) {
    const at = performance.now();
    setReceived({ confirmation, at });
    setNow(at);
  }
  const left = confirmation === null ? 0 : Math.max(0, confirmation.remainingMs - (now - received.at));
  const running = left > 0;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => {
      setNow(performance.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [running]);
  return left;
}

import { useEffect, useState } from "react";

import { CommandFailure } from "@/ipc/failure";

const TICK_MS = 1000;

/** Whole seconds to wait after a refusal that names them (`waitSeconds`); they run down to nothing. */
export function useWait(refused: Error | null): number {
  const [passed, setPassed] = useState<{ since: Error | null; seconds: number }>({ since: null, seconds: 0 });
  const named = refused instanceof CommandFailure ? Number(refused.params["waitSeconds"] ?? "0") : 0;
  useEffect(() => {
    if (refused === null || named <= 0) return;
    const begun = performance.now();
    const timer = setInterval(() => {
      setPassed({ since: refused, seconds: Math.floor((performance.now() - begun) / TICK_MS) });
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [refused, named]);
  return Math.max(0, named - (passed.since === refused ? passed.seconds : 0));
}

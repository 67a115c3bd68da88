import { useEffect, useRef } from "react";

import type { Mode } from "./burst";
import { type KeyListeners, listenToKeys } from "./listener";

/** The longest pause between two keys of one scan, in milliseconds, unless the settings say otherwise. */
const DEFAULT_MAX_GAP_MS = 60;

/** How a screen takes part in scanning. */
export type ScannerOptions = Partial<KeyListeners> & {
  /** `exclusive` on the desk's screen: every key is the desk's. `shared` elsewhere: only scans are caught. */
  mode: Mode;
  /** The station's setting. It may come while a scan is being typed. */
  maxGapMs?: number;
};

/** Catches scans, and on the desk every key, as long as the component is there. Use it once per screen. */
export function useScanner(options: ScannerOptions): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(
    () =>
      listenToKeys(window, {
        maxGapMs: () => latest.current.maxGapMs ?? DEFAULT_MAX_GAP_MS,
        mode: () => latest.current.mode,
        listeners: () => ({
          onScan: (strokes) => latest.current.onScan?.(strokes),
          onKey: (key) => latest.current.onKey?.(key),
          onFunction: (name) => latest.current.onFunction?.(name),
        }),
      }),
    [],
  );
}

import type { DeskKey, KeyStroke } from "@/ipc/bindings";
import { useScanner } from "@/scan/useScanner";

interface DeskKeys {
  /** A code is being typed by hand: keys belong to its field, scans are still caught. */
  paused: boolean;
  maxGapMs: number | undefined;
  onScan: (strokes: KeyStroke[]) => void;
  onKey: (key: DeskKey) => void;
  onHistory: () => void;
  onTypeCode: () => void;
}

/** Every key of the worker's screen, wherever the focus is. */
export function useDeskKeys({ paused, maxGapMs, onScan, onKey, onHistory, onTypeCode }: DeskKeys): void {
  useScanner({
    mode: paused ? "shared" : "exclusive",
    ...(maxGapMs === undefined ? {} : { maxGapMs }),
    onScan,
    onKey: (key) => {
      if (!paused) onKey(key);
    },
    onFunction: (name) => {
      if (paused) return;
      if (name === "history") onHistory();
      else onTypeCode();
    },
  });
}

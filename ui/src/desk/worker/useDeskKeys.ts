import type { DeskKey, KeyStroke } from "@/ipc/bindings";
import type { DeskFunction } from "@/scan/keys";
import { useScanner } from "@/scan/useScanner";

interface DeskKeys {
  /** Somebody writes into a field: keys belong to it, scans are still caught. */
  paused: boolean;
  maxGapMs: number | undefined;
  onScan: (strokes: KeyStroke[]) => void;
  onKey: (key: DeskKey) => void;
  /** A function key: the history, a code by hand, the ways on when the face does not come through. */
  onFunction: (name: DeskFunction) => void;
}

/** Every key of the worker's screen, wherever the focus is. */
export function useDeskKeys({ paused, maxGapMs, onScan, onKey, onFunction }: DeskKeys): void {
  useScanner({
    mode: paused ? "shared" : "exclusive",
    ...(maxGapMs === undefined ? {} : { maxGapMs }),
    onScan,
    onKey: (key) => {
      if (!paused) onKey(key);
    },
    onFunction: (name) => {
      if (!paused) onFunction(name);
    },
  });
}

import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { KeyStroke } from "@/ipc/bindings";

import type { KeyLike } from "./keys";
import { scanned } from "./player";
import { useScanner } from "./useScanner";

const EAN = "4600702083118";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

function press({ altGraph, ...init }: KeyLike): void {
  vi.advanceTimersByTime(Math.max(0, init.timeStamp - performance.now()));
  const event = new KeyboardEvent("keydown", { ...init, modifierAltGraph: altGraph, bubbles: true, cancelable: true });
  Object.defineProperty(event, "timeStamp", { value: init.timeStamp });
  document.body.dispatchEvent(event);
}

it("keeps a scan whole when the station's setting arrives in the middle of it", () => {
  const scans: KeyStroke[][] = [];
  const onScan = (strokes: KeyStroke[]): void => {
    scans.push(strokes);
  };
  const { rerender } = renderHook(
    ({ maxGapMs }: { maxGapMs?: number }) => {
      useScanner({ mode: "exclusive", onScan, maxGapMs });
    },
    { initialProps: {} },
  );
  scanned(EAN, performance.now(), 4).forEach((key, position) => {
    if (position === 5) rerender({ maxGapMs: 120 });
    press(key);
  });
  vi.advanceTimersByTime(1_000);
  expect(scans.map((strokes) => strokes.filter(({ key }) => key !== "Enter").length)).toEqual([EAN.length]);
});

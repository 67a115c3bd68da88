import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { KeyStroke } from "@/ipc/bindings";

import type { Mode } from "./burst";
import type { KeyLike } from "./keys";
import { listenToKeys } from "./listener";
import { pressed, scanned } from "./player";

const EAN = "4600702083118";

let mode: Mode;
let scans: KeyStroke[][];
let keys: string[];
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  mode = "exclusive";
  scans = [];
  keys = [];
  end = listenToKeys(window, {
    maxGapMs: () => 60,
    mode: () => mode,
    listeners: () => ({
      onScan: (strokes) => scans.push(strokes),
      onKey: (key) => keys.push(key),
      onFunction: (name) => keys.push(name),
    }),
  });
});

afterEach(() => {
  end();
  document.body.replaceChildren();
  vi.useRealTimers();
});

/** Presses a key as a browser does: the event first, and its effect on the focused element unless it was prevented. */
function press({ altGraph, timeStamp, ...init }: KeyLike): boolean {
  vi.advanceTimersByTime(Math.max(0, timeStamp - performance.now()));
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent("keydown", { ...init, modifierAltGraph: altGraph, bubbles: true, cancelable: true });
  Object.defineProperty(event, "timeStamp", { value: timeStamp });
  const reachesPage = target.dispatchEvent(event);
  if (reachesPage && target instanceof HTMLInputElement && init.key.length === 1) {
    const at = target.selectionStart ?? target.value.length;
    target.setRangeText(init.key, at, target.selectionEnd ?? at, "end");
  }
  if (reachesPage && target instanceof HTMLButtonElement && init.code === "Enter") {
    target.click();
  }
  target.dispatchEvent(new KeyboardEvent("keyup", { ...init, bubbles: true, cancelable: true }));
  return reachesPage;
}

function play(played: KeyLike[]): void {
  const start = performance.now();
  played.forEach((key) => press({ ...key, timeStamp: start + key.timeStamp }));
  vi.advanceTimersByTime(1_000);
}

function focused<K extends "input" | "button">(tag: K): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  document.body.append(element);
  element.focus();
  return element;
}

describe("the window", () => {
  it("tells of a scan and of a slow digit", () => {
    play([pressed("Digit5", 0), ...scanned(EAN, 300, 5)]);
    expect(keys).toEqual(["5"]);
    expect(scans.map((strokes) => strokes.length)).toEqual([14]);
  });

  it("tells of a scan without a terminator once no further key comes", () => {
    play(scanned(EAN, 0, 5, []));
    expect(scans.map((strokes) => strokes.length)).toEqual([13]);
  });

  it("clicks nothing while a scan comes, wherever the focus is", () => {
    const clicked = vi.fn();
    focused("button").addEventListener("click", clicked);
    play(scanned(EAN, 0, 5));
    mode = "shared";
    play(scanned(EAN, 500, 5));
    expect(clicked).not.toHaveBeenCalled();
    expect(scans).toHaveLength(2);
  });

  it("gives a field its text and its cursor back after a scan", () => {
    mode = "shared";
    const field = focused("input");
    field.value = "un 2 kg";
    field.setSelectionRange(2, 4);
    const changed = vi.fn();
    field.addEventListener("input", changed);
    play(scanned(EAN, 0, 5));
    expect(field.value).toBe("un 2 kg");
    expect([field.selectionStart, field.selectionEnd]).toEqual([2, 4]);
    expect(changed).toHaveBeenCalled();
    expect(scans).toHaveLength(1);
  });

  it("leaves a person's typing as typed, even three keys rolled at once", () => {
    mode = "shared";
    const field = focused("input");
    play([...scanned("the", 0, 40, []), ...scanned("n it", 250, 90, [])]);
    expect(field.value).toBe("then it");
    expect(scans).toHaveLength(0);
  });

  it("leaves the desk's keys to a field that is open there, but still catches scans", () => {
    const field = focused("input");
    play(scanned("A-17", 0, 120, ["Escape"]));
    expect(field.value).toBe("A-17");
    expect(keys).toEqual([]);
    play(scanned(EAN, 0, 5));
    expect(field.value).toBe("A-17");
    expect(scans).toHaveLength(1);
  });

  it("opens no context menu outside a field", () => {
    const menu = () => new MouseEvent("contextmenu", { bubbles: true, cancelable: true });
    expect(document.body.dispatchEvent(menu())).toBe(false);
    expect(focused("input").dispatchEvent(menu())).toBe(true);
  });

  it("lets everything through once it has stopped listening", () => {
    end();
    expect(press(pressed("F5", performance.now()))).toBe(true);
  });
});

import { describe, expect, it } from "vitest";

import type { Mode } from "./burst";
import type { KeyLike } from "./keys";
import { pressed, scanned } from "./player";
import { type Action, BEAT_MS, createSegmenter, type Segmenter } from "./segmenter";

const EAN = "4600702083118";

function segmenter(mode: Mode = "exclusive"): Segmenter {
  return createSegmenter({ maxGapMs: () => 60, mode: () => mode });
}

/** Lets time pass in beats from `start` until `end`. */
function pass(under: Segmenter, start: number, end: number): Action[] {
  const actions: Action[] = [];
  for (let now = start + BEAT_MS; now < end && under.isWaiting(); now += BEAT_MS) {
    actions.push(...under.tick(now));
  }
  return actions;
}

/** Plays keys in a page that is never busy, and then lets a second pass. */
function play(keys: KeyLike[], mode: Mode = "exclusive"): Action[] {
  const under = segmenter(mode);
  return keys.flatMap((key, at) => [
    ...under.push(key),
    ...pass(under, key.timeStamp, keys[at + 1]?.timeStamp ?? key.timeStamp + 1_000),
  ]);
}

/** What was understood, in short: scans by their codes, keys and functions by name, retyped text in quotes. */
function understood(actions: Action[]): string[] {
  return actions.flatMap((action) => {
    switch (action.kind) {
      case "scan":
        return [`scan ${action.strokes.map((stroke) => stroke.code.replace(/Digit|Key/, "")).join("")}`];
      case "key":
        return [action.key];
      case "function":
        return [action.name];
      case "retype":
        return [`"${action.text}"`];
      default:
        return [];
    }
  });
}

const isSwallowed = (actions: Action[]): boolean => actions.some((action) => action.kind === "swallow");

describe("a scan on the desk", () => {
  it.each([0, 1, 2, 5, 10, 20, 40, 60])("is one scan with %i ms between its keys", (gap) => {
    expect(understood(play(scanned(EAN, 100, gap)))).toEqual([`scan ${EAN}Enter`]);
  });

  it.each([0, 20, 40, 55, 60, 65, 80, 150, 600])("is one scan when the page was busy for %i ms amid it", (busy) => {
    const under = segmenter();
    const keys = scanned(EAN, 100, 10);
    const actions = keys.slice(0, 5).flatMap((key) => [...under.push(key), ...under.tick(key.timeStamp + 5)]);
    const free = 145 + busy;
    actions.push(...under.tick(free), ...pass(under, free, free + 70));
    actions.push(...keys.slice(5).flatMap((key) => under.push(key)));
    expect(understood(actions)).toEqual([`scan ${EAN}Enter`]);
  });

  it("ends when no key has come for long enough, if the scanner sends no terminator", () => {
    const under = segmenter();
    scanned(EAN, 0, 10, []).forEach((key) => under.push(key));
    expect(pass(under, 120, 360)).toEqual([]);
    expect(understood(pass(under, 360, 380))).toEqual([`scan ${EAN}`]);
    expect(under.isWaiting()).toBe(false);
  });

  it("ends even if the page was busy all the while", () => {
    const under = segmenter();
    scanned(EAN, 0, 10, []).forEach((key) => under.push(key));
    expect(under.tick(900)).toEqual([]);
    expect(understood(pass(under, 900, 1_000))).toEqual([`scan ${EAN}`]);
  });

  it.each([[["Enter", "Enter"]], [["Tab"]], [["NumpadEnter"]]])("takes %j for its end and for nothing else", (suffix) => {
    const actions = understood(play(scanned(EAN, 0, 5, suffix)));
    expect(actions).toHaveLength(1);
    expect(actions[0]).toMatch(new RegExp(`^scan ${EAN}`));
  });

  it("takes both terminators of a slow scanner for one end", () => {
    expect(understood(play(scanned(EAN, 0, 45, ["Enter", "Enter"])))).toEqual([`scan ${EAN}Enter`]);
  });

  it("takes CR and a line feed sent as Control J for one end", () => {
    const keys = [...scanned(EAN, 0, 5), pressed("KeyJ", 75, { key: "j", ctrlKey: true })];
    expect(understood(play(keys))).toEqual([`scan ${EAN}Enter`]);
  });

  it("is told from the next one that follows at once", () => {
    const keys = [...scanned(EAN, 0, 4), ...scanned("2801000000001", 80, 4)];
    expect(understood(play(keys))).toEqual([`scan ${EAN}Enter`, "scan 2801000000001Enter"]);
  });

  it("survives one long pause", () => {
    const keys = scanned(EAN, 0, 8).map((key, at) => ({ ...key, timeStamp: key.timeStamp + (at > 6 ? 150 : 0) }));
    expect(understood(play(keys))).toEqual([`scan ${EAN}Enter`]);
  });

  it("keeps a group separator and the Alt between two numbers typed on the keypad", () => {
    const keys = [
      ...scanned("0104", 0, 5, []),
      pressed("BracketRight", 20, { key: "]", ctrlKey: true }),
      pressed("AltLeft", 25, { key: "Alt" }),
      ...[30, 35, 40].map((time) => pressed("Numpad0", time, { altKey: true })),
      pressed("Enter", 45),
    ];
    const expected = "scan 0104BracketRightAltLeftNumpad0Numpad0Numpad0Enter";
    expect(understood(play(keys))).toEqual([expected]);
  });

  it("is swallowed whole", () => {
    const under = segmenter();
    expect(scanned(EAN, 0, 5).every((key) => isSwallowed(under.push(key)))).toBe(true);
  });

  it("is caught whatever the layout made of its keys", () => {
    const keys = scanned("46abZ/", 0, 5).map((key) => ({ ...key, key: "қ" }));
    expect(understood(play(keys))).toEqual(["scan 46ABZSlashEnter"]);
  });

  it("is caught when the layout hid the physical keys", () => {
    const keys = scanned(EAN, 0, 5).map((key) => (key.code === "Enter" ? key : { ...key, code: "Unidentified" }));
    expect(play(keys).filter((action) => action.kind === "scan")).toHaveLength(1);
  });
});

describe("a scan whose keys come late because the window was busy", () => {
  const playInParts = (at: number, mode: Mode, suffix = ["Enter"]): Action[] => {
    const under = segmenter(mode);
    const keys = scanned(EAN, 100, 10, suffix);
    return [
      ...keys.slice(0, at).flatMap((key) => under.push(key)),
      ...pass(under, 100 + at * 10, 900),
      ...keys.slice(at).flatMap((key) => under.push(key)),
      ...pass(under, 900, 1_900),
    ];
  };

  it.each([1, 2, 3])("is no scan once the desk was told of its first %i digits", (at) => {
    expect(understood(playInParts(at, "exclusive"))).toEqual([...EAN.slice(0, at), `scan ${EAN.slice(at)}Enter`]);
  });

  it("is read whole after its beginning was read alone", () => {
    expect(understood(playInParts(6, "exclusive"))).toEqual(["scan 460070", `scan ${EAN}Enter`]);
  });

  it("does not save with its late terminator", () => {
    expect(understood(playInParts(13, "exclusive"))).toEqual([`scan ${EAN}`]);
  });

  it.each([1, 2, 3])("is taken out of the field that got %i of its keys", (at) => {
    const actions = playInParts(at, "shared");
    expect(actions.filter((action) => action.kind === "remember")).toHaveLength(1);
    expect(actions.slice(-2).map((action) => action.kind)).toEqual(["restore", "scan"]);
  });

  it("is not mixed up with a person's keys", () => {
    const under = segmenter();
    const actions = [
      ...under.push(pressed("Digit5", 0)),
      ...pass(under, 0, 200),
      ...under.push(pressed("Digit6", 61)),
      ...pass(under, 200, 400),
    ];
    expect(understood(actions)).toEqual(["5", "6"]);
  });
});

describe("a person at the desk", () => {
  it("types a quantity with slow digits and saves with Enter", () => {
    const keys = [pressed("Digit1", 0), pressed("Numpad2", 150), pressed("Comma", 300), pressed("Digit5", 450), pressed("Enter", 700)];
    expect(understood(play(keys))).toEqual(["1", "2", "point", "5", "enter"]);
  });

  it("sees a digit soon after it was pressed", () => {
    const under = segmenter();
    under.push(pressed("Digit7", 1_000));
    expect(pass(under, 1_000, 1_160)).toEqual([]);
    expect(understood(pass(under, 1_150, 1_170))).toEqual(["7"]);
  });

  it("may type a short number as fast as a scanner", () => {
    expect(understood(play(scanned("100", 0, 30)))).toEqual(["1", "0", "0", "enter"]);
  });

  it("types twelve keys a second without being taken for a scanner", () => {
    expect(understood(play(scanned("123456", 0, 83)))).toEqual(["1", "2", "3", "4", "5", "6", "enter"]);
  });

  it("may type a digit just before a scan", () => {
    const keys = [pressed("Digit5", 0), ...scanned(EAN, 200, 5)];
    expect(understood(play(keys))).toEqual(["5", `scan ${EAN}Enter`]);
  });

  it("saves with Enter pressed after a scan", () => {
    expect(understood(play([...scanned(EAN, 0, 5), pressed("Enter", 600)]))).toEqual([`scan ${EAN}Enter`, "enter"]);
  });

  it.each([
    ["F2", "in"],
    ["F3", "out"],
    ["F4", "history"],
    ["F6", "typeCode"],
    ["Escape", "escape"],
    ["Backspace", "backspace"],
    ["NumpadEnter", "enter"],
  ])("presses %s for %s", (code, meaning) => {
    const actions = play([pressed(code, 0)]);
    expect(understood(actions)).toEqual([meaning]);
    expect(isSwallowed(actions)).toBe(true);
  });

  it("types letters and a lone Tab to no effect", () => {
    const actions = play([pressed("KeyA", 0, { key: "a" }), pressed("Tab", 300)]);
    expect(understood(actions)).toEqual([]);
    expect(actions.filter((action) => action.kind === "swallow")).toHaveLength(2);
  });

  it("holds a digit down for one digit", () => {
    const keys = [pressed("Digit5", 0), ...[400, 430, 460].map((time) => pressed("Digit5", time, { repeat: true }))];
    expect(understood(play(keys))).toEqual(["5"]);
  });
});

describe("keys with which a browser leaves the page", () => {
  const keys = [
    pressed("F5", 0),
    pressed("F12", 0),
    pressed("KeyR", 0, { key: "r", ctrlKey: true }),
    pressed("KeyP", 0, { key: "p", ctrlKey: true }),
    pressed("KeyJ", 0, { key: "j", ctrlKey: true }),
  ];
  it.each(keys)("are swallowed everywhere: $code", (key) => {
    expect(isSwallowed(segmenter("exclusive").push(key))).toBe(true);
    expect(isSwallowed(segmenter("shared").push(key))).toBe(true);
  });
});

describe("a field on another screen", () => {
  it("gets two keys of a scan, which are then taken back, and none of the others", () => {
    const under = segmenter("shared");
    const actions = scanned(EAN, 0, 5).map((key) => under.push(key));
    expect(actions.map(isSwallowed)).toEqual([false, false, ...Array<boolean>(12).fill(true)]);
    expect(actions[0]).toEqual([{ kind: "remember" }]);
    expect(actions.at(-1)?.map((action) => action.kind)).toEqual(["swallow", "restore", "scan"]);
  });

  it("keeps what a person types, at any speed a person has", () => {
    const under = segmenter("shared");
    const actions = scanned("hello world", 0, 83).flatMap((key) => under.push(key));
    expect(isSwallowed(actions)).toBe(false);
    expect(understood(actions)).toEqual([]);
  });

  it("is given what was held back when a person rolled three keys", () => {
    const keys = [...scanned("the", 0, 40, []), ...scanned("n", 220, 0, [])];
    expect(understood(play(keys, "shared"))).toEqual(['"e"']);
  });

  it("keeps its own Enter, Escape and function keys", () => {
    const actions = play([pressed("Enter", 0), pressed("Escape", 200), pressed("F4", 400), pressed("Tab", 600)], "shared");
    expect(actions).toEqual([]);
  });

  it("gets no Enter that a scanner sent a little late", () => {
    const keys = scanned(EAN, 0, 5);
    const late = keys.map((key) => (key.code === "Enter" ? { ...key, timeStamp: 150 } : key));
    expect(understood(play(late, "shared"))).toEqual([`scan ${EAN}Enter`]);
  });
});

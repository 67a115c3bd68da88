import type { DeskKey, KeyStroke } from "@/ipc/bindings";

import { Burst, type Mode } from "./burst";
import {
  type DeskFunction,
  deskKeyOf,
  functionOf,
  isAlt,
  isBrowserShortcut,
  isCharacter,
  isCharacterKey,
  isEnter,
  isModifier,
  isScannersOwn,
  isTerminator,
  type KeyLike,
  strokeOf,
} from "./keys";

/** Within how many milliseconds a second terminator (the LF of CRLF) belongs to the first. */
const SAME_TERMINATOR_MS = 30;

/** How late a timer may fire before it is clear that the page was busy and keys may still be waiting. */
const LATE_MS = 15;

/** How long keys that waited while the page was busy are given to arrive. */
const GRACE_MS = 30;

/** What is to be done about a key or about the passing of time. */
export type Action =
  /** The key just pushed must not reach the page. */
  | { kind: "swallow" }
  /** A scan may be beginning: remember the field that has the focus. */
  | { kind: "remember" }
  /** It was a scan: give the field what it had. */
  | { kind: "restore" }
  /** It was a person: type what was held back. */
  | { kind: "retype"; text: string }
  /** A scanner typed this. */
  | { kind: "scan"; strokes: KeyStroke[] }
  /** A person pressed this on the desk. */
  | { kind: "key"; key: DeskKey }
  /** A person wants this opened. */
  | { kind: "function"; name: DeskFunction };

/** What the segmenter must know. */
export type SegmenterOptions = {
  /** The longest pause between two keys of one scan, in milliseconds. */
  maxGapMs: number;
  /** Who decides what happens to the next key. */
  mode: () => Mode;
};

/** Tells scans from a person's keys. Pure: all times come with the keys and the ticks. */
export type Segmenter = {
  /** Takes the next key. */
  push: (key: KeyLike) => Action[];
  /** Takes the time, on the clock of the keys. */
  tick: (now: number) => Action[];
  /** When the next tick is needed, if any. */
  deadline: () => number | null;
};

const SWALLOW: Action = { kind: "swallow" };

/** Makes a segmenter for one window. */
export function createSegmenter(options: SegmenterOptions): Segmenter {
  let burst: Burst | null = null;
  let lastTerminator = Number.NEGATIVE_INFINITY;
  let grace: number | null = null;

  const finish = (terminated: boolean): Action[] => {
    const ended = burst;
    burst = null;
    grace = null;
    if (!ended) {
      return [];
    }
    return ended.isScan(terminated) ? scanned(ended) : typed(ended);
  };

  const begin = (): Burst => {
    burst = new Burst(options.mode(), options.maxGapMs);
    return burst;
  };

  const pushTerminator = (key: KeyLike): Action[] => {
    const isSecond = !burst && key.timeStamp - lastTerminator <= SAME_TERMINATOR_MS;
    lastTerminator = key.timeStamp;
    if (isSecond) {
      return [SWALLOW];
    }
    if (burst?.endsBy(key.timeStamp) && burst.isScan(true)) {
      burst.add(key, true);
      return [SWALLOW, ...finish(true)];
    }
    const before = finish(false);
    return [...before, ...pressedByPerson(key, options.mode())];
  };

  const pushCharacter = (key: KeyLike): Action[] => {
    const before = burst?.reaches(key.timeStamp) ? [] : finish(false);
    const isFirst = !burst;
    const current = burst ?? begin();
    const swallowed = current.mode === "exclusive" || current.length >= 2 || isBrowserShortcut(key);
    current.add(key, swallowed);
    if (swallowed) {
      return [...before, SWALLOW];
    }
    return isFirst ? [...before, { kind: "remember" }] : before;
  };

  const push = (key: KeyLike): Action[] => {
    grace = null;
    const inBurst = burst?.reaches(key.timeStamp) ?? false;
    if (isModifier(key)) {
      if (inBurst && isAlt(key)) {
        burst?.add(key, false);
      }
      return [];
    }
    if (!inBurst && isBrowserShortcut(key) && !isTerminator(key)) {
      return [...finish(false), SWALLOW];
    }
    if (key.repeat) {
      return options.mode() === "exclusive" && (isCharacter(key) || isTerminator(key)) ? [SWALLOW] : [];
    }
    if (isTerminator(key)) {
      return pushTerminator(key);
    }
    if (isCharacter(key) || isScannersOwn(key) || (inBurst && isCharacterKey(key) && !key.metaKey)) {
      return pushCharacter(key);
    }
    const before = finish(false);
    return [...before, ...pressedByPerson(key, options.mode())];
  };

  const tick = (now: number): Action[] => {
    const due = burst ? (grace ?? burst.deadline) : null;
    if (due === null || now <= due) {
      return [];
    }
    if (grace === null && now - due > LATE_MS) {
      grace = now + GRACE_MS;
      return [];
    }
    return finish(false);
  };

  return { push, tick, deadline: () => (burst ? (grace ?? burst.deadline) : null) };
}

function scanned(burst: Burst): Action[] {
  const strokes = burst.pressed.map(({ key }) => strokeOf(key));
  const leaked = burst.pressed.some(({ swallowed }) => !swallowed);
  return leaked ? [{ kind: "restore" }, { kind: "scan", strokes }] : [{ kind: "scan", strokes }];
}

function typed(burst: Burst): Action[] {
  const keys = burst.pressed.filter(({ swallowed }) => swallowed).map(({ key }) => key);
  if (burst.mode === "exclusive") {
    return keys.map(deskKeyOf).flatMap((key): Action[] => (key ? [{ kind: "key", key }] : []));
  }
  const text = keys
    .filter((key) => isCharacter(key) && [...key.key].length === 1)
    .map((key) => key.key)
    .join("");
  return text === "" ? [] : [{ kind: "retype", text }];
}

/** A key that is no character, pressed slowly: the desk's own keys, or the page's. */
function pressedByPerson(key: KeyLike, mode: Mode): Action[] {
  if (isBrowserShortcut(key)) {
    return [SWALLOW];
  }
  if (mode === "shared") {
    return [];
  }
  const name = functionOf(key);
  if (name) {
    return [SWALLOW, { kind: "function", name }];
  }
  const deskKey = isEnter(key) && !key.ctrlKey ? "enter" : deskKeyOf(key);
  if (deskKey) {
    return [SWALLOW, { kind: "key", key: deskKey }];
  }
  return isTerminator(key) ? [SWALLOW] : [];
}

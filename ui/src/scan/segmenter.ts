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

/** How often the time is to be told while a burst is open. */
export const BEAT_MS = 10;

/** Beats that are further apart mean that the page was busy, and that keys may be waiting. */
const BUSY_MS = 25;

/** For how long the page must not have been busy before silence means that no key comes. */
const CALM_MS = 80;

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
  /** The longest pause between two keys of one scan, in milliseconds. A scan keeps the one that it began with. */
  maxGapMs: () => number;
  /** Who decides what happens to the next key. */
  mode: () => Mode;
};

/**
 * Tells scans from a person's keys. Pure: all times come with the keys and the ticks.
 *
 * Which keys belong together is decided by their own times alone. Ticks only notice that no further key comes, and
 * they believe it only once the page has not been busy for a while: keys that were pressed meanwhile arrive late. When
 * the window itself was busy, the page cannot know; then a key that comes later goes on with the burst it belongs to.
 */
export type Segmenter = {
  /** Takes the next key. */
  push: (key: KeyLike) => Action[];
  /** Takes the time, on the clock of the keys, every `BEAT_MS` while it is waiting. */
  tick: (now: number) => Action[];
  /** Whether a burst is open, so that ticks are needed. */
  isWaiting: () => boolean;
};

const SWALLOW: Action = { kind: "swallow" };

/** Makes a segmenter for one window. */
export function createSegmenter(options: SegmenterOptions): Segmenter {
  let burst: Burst | null = null;
  let silenced: Burst | null = null;
  let lastTerminator = Number.NEGATIVE_INFINITY;
  let lastBeat: number | null = null;
  let calmSince = 0;

  const finish = (): Action[] => {
    const ended = burst;
    burst = null;
    if (!ended) {
      return [];
    }
    return ended.isScan() ? scanned(ended) : typed(ended);
  };

  /** Goes on with a burst that was ended for silence, when its next key comes late; not if the desk has its digits. */
  const reopen = (key: KeyLike): void => {
    const isUntold = silenced?.mode === "shared" || silenced?.isScan();
    if (!burst && isUntold && silenced?.reaches(key.timeStamp)) {
      burst = silenced;
    }
  };

  const begin = (): Burst => {
    burst = new Burst(options.mode(), options.maxGapMs());
    return burst;
  };

  const pushTerminator = (key: KeyLike): Action[] => {
    const isSecond = !burst && key.timeStamp - lastTerminator <= options.maxGapMs();
    const isLate = !burst && silenced?.isScan() && silenced.endsBy(key.timeStamp);
    silenced = null;
    lastTerminator = key.timeStamp;
    if (isSecond || isLate) {
      return [SWALLOW];
    }
    if (burst?.endsBy(key.timeStamp) && burst.isScan()) {
      burst.add(key, true);
      return [SWALLOW, ...finish()];
    }
    const before = finish();
    return [...before, ...pressedByPerson(key, options.mode())];
  };

  const pushCharacter = (key: KeyLike): Action[] => {
    const before = burst?.reaches(key.timeStamp) ? [] : finish();
    reopen(key);
    silenced = null;
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
    lastBeat = null;
    const inBurst = burst?.reaches(key.timeStamp) ?? false;
    if (isModifier(key)) {
      if (inBurst && isAlt(key)) {
        burst?.add(key, false);
      }
      return [];
    }
    if (!inBurst && isBrowserShortcut(key) && !isTerminator(key)) {
      return [...finish(), SWALLOW];
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
    const before = finish();
    return [...before, ...pressedByPerson(key, options.mode())];
  };

  const tick = (now: number): Action[] => {
    if (lastBeat === null || now - lastBeat > BUSY_MS) {
      calmSince = now;
    }
    lastBeat = now;
    if (!burst || now <= burst.silence || now - calmSince < CALM_MS) {
      return [];
    }
    silenced = burst;
    return finish();
  };

  return { push, tick, isWaiting: () => burst !== null };
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
  burst.release();
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

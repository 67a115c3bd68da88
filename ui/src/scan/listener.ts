import type { DeskKey, KeyStroke } from "@/ipc/bindings";

import type { Mode } from "./burst";
import { type FieldMemory, isWriting, rememberField, restoreField, retype } from "./field";
import type { DeskFunction, KeyLike } from "./keys";
import { type Action, BEAT_MS, createSegmenter } from "./segmenter";

/** Who is told what the keys meant. */
export type KeyListeners = {
  onScan: (strokes: KeyStroke[]) => void;
  onKey: (key: DeskKey) => void;
  onFunction: (name: DeskFunction) => void;
};

/** What decides how keys are read. */
export type ListenOptions = {
  maxGapMs: () => number;
  /** `exclusive` on the desk's screen, `shared` elsewhere. */
  mode: () => Mode;
  /** The listeners of the moment. */
  listeners: () => KeyListeners;
};

/**
 * Catches every key of the window before the page sees it. Returns what ends this.
 *
 * Times are those of the events; the page's own clock serves only to notice that no further key comes.
 */
export function listenToKeys(target: Window, options: ListenOptions): () => void {
  const page = target.document;
  const swallowedCodes = new Set<string>();
  let memory: FieldMemory | null = null;
  let timer: number | undefined;
  let clockLead = Number.POSITIVE_INFINITY;

  const segmenter = createSegmenter({
    maxGapMs: options.maxGapMs,
    mode: () => (options.mode() === "exclusive" && !isWriting(page) ? "exclusive" : "shared"),
  });

  const act = (actions: Action[]): void => {
    for (const action of actions) {
      switch (action.kind) {
        case "remember":
          memory = rememberField(page);
          break;
        case "restore":
          if (memory) {
            restoreField(memory);
          }
          break;
        case "retype":
          retype(page, action.text);
          break;
        case "scan":
          options.listeners().onScan(action.strokes);
          break;
        case "key":
          options.listeners().onKey(action.key);
          break;
        case "function":
          options.listeners().onFunction(action.name);
          break;
        case "swallow":
          break;
      }
    }
  };

  const schedule = (): void => {
    target.clearTimeout(timer);
    if (segmenter.isWaiting()) {
      timer = target.setTimeout(beat, BEAT_MS);
    }
  };

  /** The time on the clock of the events. Its lead is the smallest ever seen: later ones hold the page's delays. */
  const keyClock = (): number => target.performance.now() - clockLead;

  const beat = (): void => {
    act(segmenter.tick(keyClock()));
    schedule();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    clockLead = Math.min(clockLead, target.performance.now() - event.timeStamp);
    const actions = segmenter.push(keyOf(event));
    if (actions.some((action) => action.kind === "swallow")) {
      swallowedCodes.add(event.code);
      stop(event);
    }
    act(actions);
    schedule();
  };

  const onKeyUp = (event: KeyboardEvent): void => {
    if (swallowedCodes.delete(event.code)) {
      stop(event);
    }
  };

  const onContextMenu = (event: Event): void => {
    if (!isWriting(page)) {
      stop(event);
    }
  };

  target.addEventListener("keydown", onKeyDown, { capture: true });
  target.addEventListener("keyup", onKeyUp, { capture: true });
  target.addEventListener("contextmenu", onContextMenu, { capture: true });
  return () => {
    target.clearTimeout(timer);
    target.removeEventListener("keydown", onKeyDown, { capture: true });
    target.removeEventListener("keyup", onKeyUp, { capture: true });
    target.removeEventListener("contextmenu", onContextMenu, { capture: true });
  };
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function keyOf(event: KeyboardEvent): KeyLike {
  const { code, key, shiftKey, ctrlKey, altKey, metaKey, repeat, timeStamp } = event;
  const altGraph = event.getModifierState("AltGraph");
  return { code, key, shiftKey, ctrlKey, altKey, metaKey, altGraph, repeat, timeStamp };
}

import { useEffect, useEffectEvent } from "react";

import type { EventName, EventPayload, Release } from "@/ipc/backend";
import { connected } from "@/ipc/client";

/** Calls back on every event of that name until released. */
export function listen<Name extends EventName>(
  name: Name,
  onEvent: (payload: EventPayload<Name>) => void,
  onStanding?: () => void,
): Release {
  return connected().listen(name, onEvent, onStanding);
}

/**
 * Calls back on every event of that name while the component stands. Whoever needs to know how things are as well asks
 * in `onStanding`: an answer that was given earlier may be out of date by an event that reached nobody.
 */
export function useDeskEvent<Name extends EventName>(
  name: Name,
  onEvent: (payload: EventPayload<Name>) => void,
  onStanding?: () => void,
): void {
  const latest = useEffectEvent(onEvent);
  const standing = useEffectEvent(() => onStanding?.());
  useEffect(() => {
    let released = false;
    const release = listen(
      name,
      (payload) => {
        latest(payload);
      },
      () => {
        if (!released) standing();
      },
    );
    return () => {
      released = true;
      release();
    };
  }, [name]);
}

/** Hands over JPEG pictures of the camera while the component stands. */
export function watchCamera(onFrame: (jpeg: ArrayBuffer) => void): Release {
  return connected().watchCamera(onFrame);
}

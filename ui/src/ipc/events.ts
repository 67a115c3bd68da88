import { useEffect, useEffectEvent } from "react";

import type { EventName, EventPayload, Release } from "@/ipc/backend";
import { connected } from "@/ipc/client";

/** Calls back on every event of that name until released. */
export function listen<Name extends EventName>(
  name: Name,
  onEvent: (payload: EventPayload<Name>) => void,
): Release {
  return connected().listen(name, onEvent);
}

/** Calls back on every event of that name while the component stands. */
export function useDeskEvent<Name extends EventName>(
  name: Name,
  onEvent: (payload: EventPayload<Name>) => void,
): void {
  const latest = useEffectEvent(onEvent);
  useEffect(
    () =>
      listen(name, (payload) => {
        latest(payload);
      }),
    [name],
  );
}

/** Hands over JPEG pictures of the camera while the component stands. */
export function watchCamera(onFrame: (jpeg: ArrayBuffer) => void): Release {
  return connected().watchCamera(onFrame);
}

import type { commands, events } from "@/ipc/bindings";

/** A command without its envelope: it resolves to the data, or rejects with a `CommandFailure`. */
type Unwrapped<Command> = Command extends (
  ...args: infer Args
) => Promise<{ status: "ok"; data: infer Data } | { status: "error"; error: unknown }>
  ? (...args: Args) => Promise<Data>
  : never;

type CameraCommand = "cameraSubscribe" | "cameraUnsubscribe";

/** Every command, as the screens call it. */
export type Commands = {
  [Name in Exclude<keyof typeof commands, CameraCommand>]: Unwrapped<(typeof commands)[Name]>;
};

export type EventName = keyof typeof events;

/** What an event carries. */
export type EventPayload<Name extends EventName> = Parameters<
  Parameters<(typeof events)[Name]["listen"]>[0]
>[0]["payload"];

/** Takes back what was asked for: a listener, a subscription. */
export type Release = () => void;

/** Whatever stands behind the window: the desk itself, or a fake of it. */
export interface Backend {
  commands: Commands;
  /** Calls back on every event of that name; what comes before `onStanding` was called reaches nobody. */
  listen<Name extends EventName>(
    name: Name,
    onEvent: (payload: EventPayload<Name>) => void,
    onStanding?: () => void,
  ): Release;
  /** Hands over JPEG pictures of the camera until released. */
  watchCamera(onFrame: (jpeg: ArrayBuffer) => void): Release;
}

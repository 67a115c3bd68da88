import { Channel } from "@tauri-apps/api/core";

import type { Backend, Commands, EventName, EventPayload, Release } from "@/ipc/backend";
import { commands, events, type AppError } from "@/ipc/bindings";
import { CommandFailure } from "@/ipc/failure";

type Envelope = { status: "ok"; data: unknown } | { status: "error"; error: AppError };
type Generated = (...args: unknown[]) => Promise<Envelope>;

function unwrapped(command: Generated) {
  return async (...args: unknown[]): Promise<unknown> => {
    const answer = await command(...args);
    if (answer.status === "error") throw new CommandFailure(answer.error);
    return answer.data;
  };
}

function unwrapAll(): Commands {
  const entries = Object.entries(commands as unknown as Record<string, Generated>);
  return Object.fromEntries(entries.map(([name, command]) => [name, unwrapped(command)])) as unknown as Commands;
}

/** Releases what is still on its way as soon as it arrives. */
function releaseWhenThere(arriving: Promise<Release>): Release {
  return () => {
    void arriving.then((release) => {
      release();
    });
  };
}

function listen<Name extends EventName>(
  name: Name,
  onEvent: (payload: EventPayload<Name>) => void,
  onStanding?: () => void,
): Release {
  const source = events[name] as {
    listen: (callback: (event: { payload: EventPayload<Name> }) => void) => Promise<Release>;
  };
  const arriving = source.listen((event) => {
    onEvent(event.payload);
  });
  if (onStanding !== undefined) void arriving.then(onStanding);
  return releaseWhenThere(arriving);
}

let watchers = 0;

function watchCamera(onFrame: (jpeg: ArrayBuffer) => void): Release {
  watchers += 1;
  const watcher = watchers;
  const frames = new Channel<ArrayBuffer>(onFrame);
  const subscribed = commands.cameraSubscribe(frames as unknown as Parameters<typeof commands.cameraSubscribe>[0]);
  return () => {
    frames.onmessage = () => undefined;
    // The camera has one viewer: a later one has taken its place already and must not lose it again.
    void subscribed.then(() => (watcher === watchers ? commands.cameraUnsubscribe() : undefined));
  };
}

/** The desk behind this window. */
export const tauri: Backend = { commands: unwrapAll(), listen, watchCamera };

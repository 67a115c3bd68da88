import type { Backend, Commands } from "@/ipc/backend";

/*
 * The only door to the desk. Screens call `commands`, which resolve to data or reject with a `CommandFailure`;
 * `events.ts` has what the desk tells by itself. Addresses (wouter, behind `#`) never reach the desk.
 */

let backend: Backend | null = null;

/** Chooses what stands behind the window; once, before the first screen. */
export function connect(chosen: Backend): void {
  backend = chosen;
}

/** What stands behind the window. */
export function connected(): Backend {
  if (backend === null) throw new Error("the window's border is used before `connect`");
  return backend;
}

/** Every command of the desk. */
export const commands: Commands = new Proxy({} as Commands, {
  get: (_, name: string) => connected().commands[name as keyof Commands],
});

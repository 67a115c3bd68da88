import type { AppError, ErrorCode, Shortage } from "@/ipc/bindings";

/** A refusal that crossed the window's border; `errors.ts` has its words. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string>>;
  readonly lines: readonly Shortage[];

  constructor(error: AppError) {
    super(error.code);
    this.code = error.code;
    this.params = error.params;
    this.lines = error.lines;
  }
}

/** Anything that was thrown, as a refusal; what nobody foresaw is `internal`. */
export function asFailure(thrown: unknown): CommandFailure {
  if (thrown instanceof CommandFailure) return thrown;
  return new CommandFailure({ code: "internal", params: {}, lines: [] });
}

import { quantity, signed } from "@/format/quantity";
import type { Direction, Movement } from "@/ipc/bindings";

type Moved = Pick<Movement, "quantity" | "unit" | "direction">;

/** What moved, with its sign and unit: `−6 dona`; a move inside the warehouse has no sign. */
export function moved({ quantity: amount, unit, direction }: Moved): string {
  return `${direction === null ? quantity(amount) : signed(amount, direction)} ${unit}`;
}

/** What a reversal of it would move. */
export function opposite(movement: Moved): string {
  return moved({ ...movement, direction: movement.direction && OPPOSITE[movement.direction] });
}

const OPPOSITE: Readonly<Record<Direction, Direction>> = { in: "out", out: "in" };

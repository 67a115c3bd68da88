import type { KeyboardEvent } from "react";

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowRight: () => 1,
  ArrowLeft: () => -1,
  ArrowDown: (columns) => columns,
  ArrowUp: (columns) => -columns,
};

/** Moves the focus between the buttons of a grid with the arrow keys; from outside it enters at the first one. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>, columns: number): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const isWriting = event.target instanceof HTMLInputElement;
  if (isWriting && event.key !== "ArrowDown") return;
  const choices = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-choice]")];
  const at = choices.indexOf(event.target as HTMLElement);
  const next = choices[at === -1 ? 0 : at + step(columns)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

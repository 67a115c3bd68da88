import type { KeyLike } from "./keys";

const UNSHIFTED = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./ ";
const SHIFTED = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?';
const SYMBOL_CODES: Record<string, string> = {
  "`": "Backquote",
  "-": "Minus",
  "=": "Equal",
  "[": "BracketLeft",
  "]": "BracketRight",
  "\\": "Backslash",
  ";": "Semicolon",
  "'": "Quote",
  ",": "Comma",
  ".": "Period",
  "/": "Slash",
  " ": "Space",
};

/** A key as a test presses it. */
export function pressed(code: string, timeStamp: number, rest: Partial<KeyLike> = {}): KeyLike {
  return {
    code,
    key: code,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    altGraph: false,
    repeat: false,
    timeStamp,
    ...rest,
  };
}

/** The keys of a US scanner that types `text` from `start` on, `gap` milliseconds apart, and then `suffix`. */
export function scanned(text: string, start: number, gap: number, suffix: string[] = ["Enter"]): KeyLike[] {
  const characters = [...text].map((character) => {
    const shiftKey = SHIFTED.includes(character);
    const base = shiftKey ? (UNSHIFTED[SHIFTED.indexOf(character)] ?? "") : character;
    return pressed(codeOf(base), 0, { key: character, shiftKey });
  });
  const ends = suffix.map((code) => pressed(code, 0));
  return [...characters, ...ends].map((key, at) => ({ ...key, timeStamp: start + at * gap }));
}

function codeOf(base: string): string {
  if (/[a-z]/.test(base)) {
    return `Key${base.toUpperCase()}`;
  }
  return /\d/.test(base) ? `Digit${base}` : (SYMBOL_CODES[base] ?? base);
}

import type { DeskKey, KeyStroke } from "@/ipc/bindings";

/** What is needed of a `keydown` event. */
export type KeyLike = {
  /** The physical key, the same under every layout. */
  code: string;
  /** What the layout made of it. */
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  altGraph: boolean;
  /** The key is held down and this is not its first event. */
  repeat: boolean;
  /** When the key went down, in milliseconds: `event.timeStamp`, which stays true while the page is busy. */
  timeStamp: number;
};

/** What the desk's function keys open. */
export type DeskFunction = "history" | "typeCode" | "retryFace" | "vouch";

const MODIFIERS = new Set([
  "Shift",
  "Control",
  "Alt",
  "AltGraph",
  "Meta",
  "CapsLock",
  "NumLock",
  "ScrollLock",
  "Fn",
  "OS",
  "ISO_Level3_Shift",
]);

const MODIFIER_CODE = /^(?:Shift|Control|Alt|Meta)(?:Left|Right)$|^(?:Caps|Num|Scroll)Lock$/;

const CHARACTER_CODE =
  /^(?:Key[A-Z]|Digit\d|Numpad(?:\d|Decimal|Comma|Add|Subtract|Multiply|Divide)|Space|Backquote|Minus|Equal|BracketLeft|BracketRight|Backslash|IntlBackslash|Semicolon|Quote|Comma|Period|Slash)$/;

/** Keys with which a browser leaves the page, prints it or opens its tools. */
const BROWSER_KEYS = new Set(["F5", "F7", "F12", "BrowserBack", "BrowserForward", "BrowserRefresh"]);
const BROWSER_CONTROL_KEYS = new Set(["KeyR", "KeyP", "KeyJ", "KeyF", "KeyG", "KeyS", "KeyU"]);

/** A key that only changes the meaning of others. */
export function isModifier(key: KeyLike): boolean {
  return MODIFIER_CODE.test(key.code) || (isUnidentified(key) && MODIFIERS.has(key.key));
}

/** Alt between two characters typed by their numbers on the keypad. */
export function isAlt(key: KeyLike): boolean {
  return key.code === "AltLeft" || key.code === "AltRight";
}

/** A key with which a scanner ends a code: Enter, Tab, or the control characters CR, LF and HT. */
export function isTerminator(key: KeyLike): boolean {
  return isEnter(key) || isTab(key);
}

/** Enter, or one of its control characters. */
export function isEnter(key: KeyLike): boolean {
  return isNamed(key, "Enter") || key.code === "NumpadEnter" || isControl(key, "KeyM", "KeyJ");
}

function isTab(key: KeyLike): boolean {
  return isNamed(key, "Tab") || isControl(key, "KeyI");
}

/** A key that types a character, whatever the layout, without Control, Alt or the system's key. */
export function isCharacter(key: KeyLike): boolean {
  if (key.metaKey || ((key.ctrlKey || key.altKey) && !key.altGraph)) {
    return false;
  }
  return isCharacterKey(key);
}

/** A key of the typing block or the keypad, with whatever is held. */
export function isCharacterKey(key: KeyLike): boolean {
  if (isUnidentified(key)) {
    return [...key.key].length === 1 || key.key === "Dead" || key.key === "Unidentified" || key.key === "Process";
  }
  return CHARACTER_CODE.test(key.code);
}

/** What only a scanner types outside a burst: the group separator, or a character by its number on the keypad. */
export function isScannersOwn(key: KeyLike): boolean {
  const isGroupSeparator = isControl(key, "BracketRight");
  const isByNumber = key.altKey && !key.ctrlKey && /^Numpad\d$/.test(key.code);
  return isGroupSeparator || isByNumber;
}

/** A key that would make the browser leave, print or search the page. */
export function isBrowserShortcut(key: KeyLike): boolean {
  return BROWSER_KEYS.has(key.code) || (key.ctrlKey && BROWSER_CONTROL_KEYS.has(key.code));
}

/** What a key pressed by a person asks of the desk. */
export function deskKeyOf(key: KeyLike): DeskKey | null {
  if (key.ctrlKey || key.altKey || key.metaKey) {
    return null;
  }
  switch (key.code) {
    case "F2":
      return "in";
    case "F3":
      return "out";
    case "Escape":
      return "escape";
    case "Backspace":
      return "backspace";
    case "Enter":
    case "NumpadEnter":
      return "enter";
    case "Period":
    case "Comma":
    case "NumpadDecimal":
    case "NumpadComma":
      return "point";
    default:
      return digitOf(key.code);
  }
}

/** What a function key opens on the desk. */
export function functionOf(key: KeyLike): DeskFunction | null {
  switch (key.code) {
    case "F4":
      return key.altKey ? null : "history";
    case "F6":
      return "typeCode";
    case "F8":
      return "retryFace";
    case "F9":
      return "vouch";
    default:
      return null;
  }
}

/** The stroke as it crosses to Rust. */
export function strokeOf(key: KeyLike): KeyStroke {
  return {
    code: key.code,
    key: key.key,
    shift: key.shiftKey,
    ctrl: key.ctrlKey,
    alt: key.altKey,
    altGraph: key.altGraph,
    timeMs: key.timeStamp,
  };
}

function digitOf(code: string): DeskKey | null {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  return digit === undefined ? null : (digit as DeskKey);
}

function isUnidentified(key: KeyLike): boolean {
  return key.code === "" || key.code === "Unidentified";
}

function isNamed(key: KeyLike, name: string): boolean {
  return key.code === name || (isUnidentified(key) && key.key === name);
}

function isControl(key: KeyLike, ...codes: string[]): boolean {
  return key.ctrlKey && !key.altKey && codes.includes(key.code);
}

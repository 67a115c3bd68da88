import { isCharacterKey, isTerminator, type KeyLike } from "./keys";

/** The fewest characters that are taken for a scan; the same number stands in Rust. */
export const MIN_SCAN_KEYS = 4;

/**
 * How long a key that may be a person's is held back, in milliseconds: a digit that is the first of a scan, told to the
 * desk because the window was busy, would change a quantity.
 */
const HOLD_MS = 150;

/** Who decides what happens to a key: the desk alone, or the field that has the focus. */
export type Mode = "exclusive" | "shared";

/** One key of a burst, and whether the page got to see it. */
type Pressed = { key: KeyLike; swallowed: boolean };

/** Keys that follow each other so fast that they may be a scan. */
export class Burst {
  readonly mode: Mode;
  readonly pressed: Pressed[] = [];
  private readonly maxGap: number;
  private count = 0;
  private longGaps = 0;
  private start = 0;
  private last = 0;

  constructor(mode: Mode, maxGap: number) {
    this.mode = mode;
    this.maxGap = maxGap;
  }

  /** After which pause, in milliseconds, a scan without a terminator is over. */
  static endGap(maxGap: number): number {
    return Math.max(120, 4 * maxGap);
  }

  /** How many characters it has. */
  get length(): number {
    return this.count;
  }

  /** Until when a further key belongs to it. */
  get deadline(): number {
    return this.last + (this.count >= 3 ? Burst.endGap(this.maxGap) : this.maxGap);
  }

  /** When it is over if no further key has come. */
  get silence(): number {
    return Math.max(this.deadline, this.last + HOLD_MS);
  }

  /** True when a character at `time` still belongs to it. */
  reaches(time: number): boolean {
    return this.endsBy(time) && (time - this.last <= this.maxGap || this.mayPause());
  }

  /** True when a terminator at `time` still belongs to it. */
  endsBy(time: number): boolean {
    return time >= this.last && time <= this.deadline;
  }

  /** Adds a key; one that is no character (Alt, the terminator) does not count. */
  add(key: KeyLike, swallowed: boolean): void {
    this.pressed.push({ key, swallowed });
    if (!isCharacterKey(key) || isTerminator(key)) {
      return;
    }
    if (this.count === 0) {
      this.start = key.timeStamp;
    } else if (key.timeStamp - this.last > this.maxGap) {
      this.longGaps += 1;
    }
    this.count += 1;
    this.last = key.timeStamp;
  }

  /** Notes that the page has seen all of it after all. */
  release(): void {
    this.pressed.forEach((pressed) => {
      pressed.swallowed = false;
    });
  }

  /** Whether a scanner typed it; the rule of Rust's `origin`. */
  isScan(): boolean {
    if (this.count < MIN_SCAN_KEYS) {
      return false;
    }
    const gaps = this.count - 1;
    const isFast = this.last - this.start <= this.maxGap * gaps;
    return isFast && this.longGaps * 10 <= gaps;
  }

  /**
   * Whether one more long pause may still be part of a scan. In a field a person's text would be held back meanwhile, so
   * there it must already look like a scan.
   */
  private mayPause(): boolean {
    const shortGaps = this.count - 1 - this.longGaps;
    const first = this.mode === "exclusive" || this.count >= MIN_SCAN_KEYS ? 1 : 0;
    return this.longGaps < Math.max(first, Math.floor(shortGaps / 9));
  }
}

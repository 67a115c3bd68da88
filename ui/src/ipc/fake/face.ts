import type { FaceHint, FaceView } from "@/ipc/bindings";
import type { Store } from "@/ipc/fake/store";

/** Nobody is looked for. */
export const NO_FACE: FaceView = {
  active: false,
  hint: "noFace",
  progress: 0,
  waysOn: false,
  claimedName: null,
  vouchingFor: null,
};

const STEPS_BEFORE_ACT = 6;
const STEPS_OF_ACT = 4;

/** Somebody before the camera of the fake: comes closer, holds still, does what is asked. */
export class FakeFace {
  view: FaceView = NO_FACE;
  /** Milliseconds between two steps; tests set it to nothing. */
  stepMs = 400;
  /** What keeps the face from coming through; null when somebody well known stands there. */
  obstacle: FaceHint | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly store: Store) {}

  /** Looks for a face until it was seen, or until something else happens. */
  look(onSeen: () => void): void {
    this.halt();
    this.show({ active: true, hint: this.obstacle ?? "noFace", progress: 0, waysOn: false });
    let step = 0;
    this.timer = setInterval(() => {
      step += 1;
      if (this.obstacle !== null) this.wait(step);
      else if (this.advance(step)) onSeen();
    }, this.stepMs);
  }

  /** The camera rests. */
  rest(): void {
    this.halt();
    if (this.view.active) this.show(NO_FACE);
  }

  /** Changes what the panel shows, and says so. */
  show(change: Partial<FaceView>): void {
    this.view = { ...this.view, ...change };
    this.store.emit("faceChanged", this.view);
  }

  private halt(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private wait(step: number): void {
    const patient = step * this.stepMs < this.store.settings.facePatienceSeconds * 1000;
    if (!patient && !this.view.waysOn) this.show({ waysOn: true });
  }

  /** True once the face was seen. */
  private advance(step: number): boolean {
    const acting = this.store.settings.liveness && step > STEPS_BEFORE_ACT;
    const hint: FaceHint = acting ? "blink" : step < 2 ? "closer" : "holdStill";
    this.show({ hint, progress: Math.min(1, Math.max(0, (step - 1) / (STEPS_BEFORE_ACT - 1))) });
    return step >= STEPS_BEFORE_ACT + (this.store.settings.liveness ? STEPS_OF_ACT : 0);
  }
}

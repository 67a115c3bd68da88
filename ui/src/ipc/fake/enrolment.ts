import type { Employee, EnrolmentPose, EnrolmentView, EnrolmentVisit, FaceHint } from "@/ipc/bindings";
import type { Store } from "@/ipc/fake/store";

const FRAMES: Readonly<Record<EnrolmentVisit, number>> = { first: 10, second: 10, topUp: 3 };

/** Ten frames of a visit: what is asked for each of them. */
const POSES: readonly EnrolmentPose[] = [
  "straight",
  "straight",
  "straight",
  "left",
  "left",
  "right",
  "right",
  "up",
  "down",
  "speak",
];

/** Somebody who sits before the camera of the fake until their face is known. */
export class FakeEnrolment {
  view: EnrolmentView | null = null;
  /** Milliseconds between two good frames; tests set it to nothing. */
  stepMs = 500;
  /** Whom the next face resembles. */
  resembles: string | null = null;
  /** The next face does not pass its own test. */
  failsSelfTest = false;
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(private readonly store: Store) {}

  begin(employee: Employee, visit: EnrolmentVisit): EnrolmentView {
    this.halt();
    this.view = {
      employeeId: employee.id,
      phase: "collecting",
      accepted: 0,
      wanted: FRAMES[visit],
      hint: "noFace",
      visit,
      pose: "straight",
      quality: null,
      resembles: null,
      failure: null,
    };
    this.timer = setInterval(() => {
      this.advance();
    }, this.stepMs);
    return this.view;
  }

  answer(isSomebodyElse: boolean): void {
    const { view, resembles } = this;
    if (view?.phase !== "resembles") return;
    if (isSomebodyElse) this.keep();
    else this.show({ phase: "failed", failure: { code: "faceAlreadyEnrolled", params: { name: resembles ?? "" }, lines: [] } });
  }

  cancel(): void {
    this.halt();
    this.view = null;
  }

  /** Changes what the page shows, and says so. */
  show(change: Partial<EnrolmentView>): void {
    if (this.view === null) return;
    this.view = { ...this.view, ...change };
    this.store.emit("enrolmentChanged", this.view);
  }

  private advance(): void {
    if (this.view === null) return;
    const accepted = this.view.accepted + 1;
    const hint: FaceHint = accepted % 4 === 0 ? "closer" : "good";
    this.show({ accepted, hint, pose: POSES[accepted] ?? "straight" });
    if (accepted >= this.view.wanted) this.finish();
  }

  private finish(): void {
    this.halt();
    if (this.failsSelfTest) {
      this.show({ phase: "failed", failure: { code: "enrolmentSelfTestFailed", params: {}, lines: [] } });
    } else if (this.resembles === null) this.keep();
    else this.show({ phase: "resembles", resembles: this.resembles });
  }

  private keep(): void {
    const employee = this.store.employees.find((candidate) => candidate.id === this.view?.employeeId);
    if (this.view === null || employee === undefined) return;
    const { visit, wanted } = this.view;
    employee.lights = visit === "first" ? 1 : visit === "second" ? 2 : employee.lights;
    employee.templateCount = visit === "first" ? wanted : employee.templateCount + wanted;
    employee.quality = visit === "first" ? 78 : 91;
    employee.enrolledAt ??= new Date().toISOString();
    this.store.changed("employee");
    this.show({ phase: "done", quality: employee.quality, resembles: null });
  }

  private halt(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }
}

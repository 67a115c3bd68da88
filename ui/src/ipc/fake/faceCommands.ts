import type { Commands } from "@/ipc/backend";
import type { FaceReport } from "@/ipc/bindings";
import type { FakeDesk } from "@/ipc/fake/desk";
import { FAKE_PASSWORD } from "@/ipc/fake/peopleCommands";
import { recentConfirmations, REFUSALS } from "@/ipc/fake/reported";
import { refusal, type Store } from "@/ipc/fake/store";

type FaceCommand =
  | "faceView"
  | "retryFace"
  | "vouchWithFace"
  | "vouchWithPassword"
  | "cancelVouching"
  | "listCameras"
  | "faceReport";

/** Past so many enrolled people a face alone is not enough. */
const MANY_PEOPLE = 20;

function report(store: Store): FaceReport {
  const enrolled = store.employees.filter((employee) => employee.active && employee.enrolledAt !== null);
  const oneLight = enrolled.some((employee) => employee.lights < 2);
  const proposal = enrolled.length > MANY_PEOPLE ? "manyPeople" : oneLight ? "oneLightOnly" : "no";
  const quiet = enrolled.length === 0;
  return {
    mode: store.settings.confirmationMode,
    proposesBadges: store.settings.confirmationMode === "badgeFace" ? "no" : proposal,
    employees: store.employees.map((employee, at) => ({
      employeeId: employee.id,
      name: employee.name,
      active: employee.active,
      enrolledAt: employee.enrolledAt,
      lights: employee.lights,
      templateCount: employee.templateCount,
      quality: employee.quality,
      needsTopUp: employee.quality !== null && employee.quality < 70,
      refusedMonth: employee.enrolledAt === null ? 0 : (at * 5) % 11,
      recent: employee.enrolledAt === null ? [] : recentConfirmations(at),
    })),
    refusals: quiet ? [] : REFUSALS,
    methods: quiet
      ? []
      : [
          { method: "face", today: 31, month: 842 },
          { method: "vouched_face", today: 1, month: 9 },
          { method: "vouched_password", today: 0, month: 3 },
        ],
  };
}

/** The camera, the ways on when the face does not come through, and what an Admin sees of the gate. */
export function faceCommands(store: Store, desk: FakeDesk): Pick<Commands, FaceCommand> {
  const vouched = (employeeId: string): string => {
    if (!store.settings.vouching) throw refusal("vouchingOff");
    const employee = store.employees.find((candidate) => candidate.id === employeeId);
    if (employee === undefined) throw refusal("employeeNotFound");
    return employee.id;
  };
  return {
    faceView: () => Promise.resolve(desk.face.view),
    retryFace: () => {
      desk.retryFace();
      return Promise.resolve(null);
    },
    vouchWithFace: async (employeeId) => {
      desk.vouchWithFace(vouched(employeeId));
      return Promise.resolve(null);
    },
    vouchWithPassword: async (employeeId, login, password) => {
      const id = vouched(employeeId);
      const user = store.users.find((candidate) => candidate.login === login);
      if (user === undefined || password !== FAKE_PASSWORD) throw refusal("wrongPassword", { waitSeconds: "4" });
      if (user.role !== "admin") throw refusal("notPermitted");
      desk.vouchedFor(id, "vouched_password");
      return Promise.resolve(null);
    },
    cancelVouching: () => {
      desk.retryFace();
      return Promise.resolve(null);
    },
    listCameras: () => Promise.resolve(structuredClone(store.cameras)),
    faceReport: async () => {
      if (store.session?.role !== "admin") throw refusal("notPermitted");
      return Promise.resolve(report(store));
    },
  };
}

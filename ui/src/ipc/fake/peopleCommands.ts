import type { Commands } from "@/ipc/backend";
import type { Employee, Role, Session, User } from "@/ipc/bindings";
import type { FakeEnrolment } from "@/ipc/fake/enrolment";
import { codePicture } from "@/ipc/fake/pictures";
import { refusal, type Store } from "@/ipc/fake/store";

type PeopleCommand =
  | "firstRun"
  | "logIn"
  | "choosePassword"
  | "logOut"
  | "currentSession"
  | "touchSession"
  | "listUsers"
  | "createUser"
  | "setUserActive"
  | "setUserRole"
  | "setUserPassword"
  | "listEmployees"
  | "createEmployee"
  | "setEmployeeActive"
  | "badgeLabel"
  | "startEnrolment"
  | "answerResemblance"
  | "cancelEnrolment"
  | "enrolment"
  | "eraseTemplates";

/** The password that opens every door of the fake but none of the desk. */
export const FAKE_PASSWORD = "parol-2026";

function sessionOf(store: Store, user: User): Session {
  const session: Session = {
    sessionId: `session-${user.id}`,
    userId: user.id,
    login: user.login,
    name: user.name,
    role: user.role,
    idleSeconds: store.settings.idleMinutes * 60,
  };
  store.session = session;
  return session;
}

function accounts(store: Store) {
  const user = (id: string): User => {
    const found = store.users.find((candidate) => candidate.id === id);
    if (found === undefined) throw refusal("userNotFound");
    return found;
  };
  const isLastAdmin = (id: string) => !store.users.some((other) => other.id !== id && other.role === "admin" && other.active);
  const added = (login: string, name: string, role: Role): User => {
    if (!/^[a-z0-9.-]{3,32}$/.test(login)) throw refusal("invalidLogin");
    if (store.users.some((other) => other.login === login)) throw refusal("loginTaken");
    const created: User = { id: `user-${String(store.nextNumber() + 100)}`, login, name, role, active: true, locked: false, lockedUntil: null };
    store.users.push(created);
    store.changed("user");
    return created;
  };
  const checkPassword = (password: string) => {
    if (password.length < 8) throw refusal("passwordTooShort");
  };
  return { user, isLastAdmin, added, checkPassword };
}

/** Sessions, users, employees and their faces. */
export function peopleCommands(store: Store, enrolment: FakeEnrolment): Pick<Commands, PeopleCommand> {
  const { user, isLastAdmin, added, checkPassword } = accounts(store);
  const employee = (id: string): Employee => {
    const found = store.employees.find((candidate) => candidate.id === id);
    if (found === undefined) throw refusal("employeeNotFound");
    return found;
  };
  return {
    firstRun: async (input) => {
      checkPassword(input.password);
      store.settings.warehouseName = input.warehouseName;
      store.users = [];
      if (!input.demonstration) store.products = [];
      const admin = added(input.login, input.adminName, "admin");
      store.start = { phase: "ready", step: null, failure: null, locale: input.locale };
      store.emit("startChanged", store.start);
      return Promise.resolve(sessionOf(store, admin));
    },
    logIn: async (login, password) => {
      const found = store.users.find((candidate) => candidate.login === login);
      if (found === undefined || password !== FAKE_PASSWORD) throw refusal("wrongPassword", { waitSeconds: "2" });
      if (!found.active) throw refusal("userInactive");
      if (store.givenPasswords.has(login)) throw refusal("passwordToBeChosen");
      return Promise.resolve(sessionOf(store, found));
    },
    choosePassword: async (login, given, chosen) => {
      checkPassword(chosen);
      const found = store.users.find((candidate) => candidate.login === login);
      if (found === undefined || given !== FAKE_PASSWORD) throw refusal("wrongPassword", { waitSeconds: "2" });
      if (chosen === given) throw refusal("passwordToBeChosen");
      store.givenPasswords.delete(login);
      return Promise.resolve(sessionOf(store, found));
    },
    logOut: () => {
      store.session = null;
      return Promise.resolve(null);
    },
    currentSession: () => Promise.resolve(store.session),
    touchSession: () => Promise.resolve(null),
    listUsers: () => Promise.resolve(structuredClone(store.users)),
    createUser: async ({ login, name, role, password }) => {
      if (name.trim() === "") throw refusal("nameMissing");
      checkPassword(password);
      return Promise.resolve(structuredClone(added(login, name, role)));
    },
    setUserActive: async (id, active) => {
      if (!active && isLastAdmin(id)) throw refusal("lastAdmin");
      user(id).active = active;
      store.changed("user");
      return Promise.resolve(null);
    },
    setUserRole: async (id, role) => {
      if (role !== "admin" && isLastAdmin(id)) throw refusal("lastAdmin");
      user(id).role = role;
      store.changed("user");
      return Promise.resolve(null);
    },
    setUserPassword: async (id, password) => {
      user(id);
      checkPassword(password);
      return Promise.resolve(null);
    },
    listEmployees: () => Promise.resolve(structuredClone(store.employees)),
    createEmployee: async (name) => {
      if (name.trim() === "") throw refusal("nameMissing");
      const number = store.nextNumber() + 100;
      const created: Employee = {
        id: `employee-${String(number)}`,
        name,
        badgeCode: `27${String(number).padStart(10, "0")}3`,
        active: true,
        enrolledAt: null,
        templateCount: 0,
        lights: 0,
        quality: null,
        lastConfirmedAt: null,
      };
      store.employees.push(created);
      store.changed("employee");
      return Promise.resolve(structuredClone(created));
    },
    setEmployeeActive: async (id, active) => {
      employee(id).active = active;
      store.changed("employee");
      return Promise.resolve(null);
    },
    badgeLabel: async (id) => {
      const { badgeCode } = employee(id);
      return Promise.resolve({ code: badgeCode, pngDataUrl: codePicture(badgeCode) });
    },
    startEnrolment: async (id, visit) => Promise.resolve(enrolment.begin(employee(id), visit)),
    answerResemblance: (isSomebodyElse) => {
      enrolment.answer(isSomebodyElse);
      return Promise.resolve(null);
    },
    cancelEnrolment: () => {
      enrolment.cancel();
      return Promise.resolve(null);
    },
    enrolment: () => Promise.resolve(enrolment.view),
    eraseTemplates: async (id) => {
      Object.assign(employee(id), { enrolledAt: null, templateCount: 0, lights: 0, quality: null });
      store.changed("employee");
      return Promise.resolve(null);
    },
  };
}

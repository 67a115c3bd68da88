import { employee, type Store } from "@/ipc/fake/store";

const PEOPLE: [name: string, enrolledAt: string | null, lights: number, quality: number | null][] = [
  ["Bobur Ergashev", "2026-09-02T05:12:00.000Z", 2, 88],
  ["Dilnoza Saidova", "2026-09-02T05:31:00.000Z", 2, 95],
  ["Gulnora Abdurahmonova", "2026-10-14T10:05:00.000Z", 1, 81],
  ["Jasur Qodirov", "2026-08-20T07:44:00.000Z", 2, 63],
  ["Kamola Ismoilova", "2026-08-20T07:58:00.000Z", 2, 90],
  ["Maʼmura Joʻrayeva", "2026-08-21T06:20:00.000Z", 2, 86],
  ["Nodirbek Xolmatov", null, 0, null],
  ["Oʻtkir Gʻaniyev", "2026-11-10T09:15:00.000Z", 1, 74],
  ["Rustam Shodiyev", "2026-08-21T06:41:00.000Z", 2, 93],
  ["Sevara Toʻxtayeva", "2026-08-22T11:02:00.000Z", 2, 89],
  ["Ulugʻbek Nazarov", "2026-08-22T11:19:00.000Z", 2, 91],
];

/** A warehouse where more than two people work. */
export function crowd(store: Store): void {
  for (const [at, [name, enrolledAt, lights, quality]] of PEOPLE.entries()) {
    const badge = `27${String(at + 100).padStart(10, "0")}3`;
    store.employees.push(employee(`employee-${String(at + 10)}`, name, badge, enrolledAt, lights, quality));
  }
}

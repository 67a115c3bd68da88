import type { Employee } from "@/ipc/bindings";

/** Those who work here and whose name has every typed word, by name; apostrophes of any kind are alike. */
export function found(employees: readonly Employee[], words: string): Employee[] {
  const wanted = plain(words).split(" ").filter(Boolean);
  return employees
    .filter((employee) => employee.active && wanted.every((word) => plain(employee.name).includes(word)))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function plain(text: string): string {
  return text.toLowerCase().replace(/['’‘ʻʼ`]/g, "");
}

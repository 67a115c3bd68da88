import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { EmployeeListPage } from "@/features/employee/EmployeeListPage";
import { EMPLOYEE_LIST } from "@/features/employee/testids";
import { createFake } from "@/ipc/fake";
import { crowd } from "@/ipc/fake/crowd";
import { show } from "@/testing/show";

async function opened(role: "admin" | "operator" = "admin"): Promise<void> {
  const fake = createFake();
  fake.store.session = { sessionId: "session-1", userId: "user-0", login: "malika", name: "Malika", role, idleSeconds: 1800 };
  crowd(fake.store);
  show(<EmployeeListPage />, fake);
  await screen.findByText("Gulnora Abdurahmonova");
}

function row(name: string): HTMLElement {
  const found = screen.getByText(name).closest("tr");
  if (found === null) throw new Error(`no row of ${name}`);
  return found;
}

describe("the list of employees", () => {
  it("says in how many lights a face is known, and how well", async () => {
    await opened();
    expect(row("Gulnora Abdurahmonova").textContent).toContain("first light only");
    expect(row("Aziza Karimova").textContent).toContain("two lights");
    expect(row("Aziza Karimova").textContent).toContain("92 %");
    expect(row("Nodirbek Xolmatov").textContent).toContain("face not known yet");
  });

  it("shows a badge's code as it is scanned, digit by digit", async () => {
    await opened();
    expect(within(row("Aziza Karimova")).getByText("2700000000017")).toBeTruthy();
  });

  it("offers the next visit as a button and the others in the menu", async () => {
    await opened();
    expect(screen.getByTestId(EMPLOYEE_LIST.enrol("employee-12")).textContent).toBe("Second light");
    expect(screen.queryByTestId(EMPLOYEE_LIST.enrol("employee-0"))).toBeNull();
    fireEvent.click(screen.getByTestId(EMPLOYEE_LIST.menu("employee-0")));
    const topUp = await screen.findByTestId(EMPLOYEE_LIST.topUp("employee-0"));
    expect(topUp.getAttribute("href")).toBe("#/employees/employee-0/enrolment?visit=topUp");
    expect(screen.getByTestId(EMPLOYEE_LIST.redo("employee-0"))).toBeTruthy();
  });

  it("offers no visit to whom may only look", async () => {
    await opened("operator");
    expect(screen.queryByTestId(EMPLOYEE_LIST.menu("employee-0"))).toBeNull();
  });
});

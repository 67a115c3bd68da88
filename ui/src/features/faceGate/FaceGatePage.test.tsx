import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { FaceGatePage } from "@/features/faceGate/FaceGatePage";
import { FACE_GATE } from "@/features/faceGate/testids";
import type { Role } from "@/ipc/bindings";
import { createFake, type Fake } from "@/ipc/fake";
import { crowd } from "@/ipc/fake/crowd";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

function opened(prepare: (fake: Fake) => void = () => undefined, role: Role = "admin"): Fake {
  const fake = createFake();
  fake.store.session = { sessionId: "session-1", userId: "user-0", login: "malika", name: "Malika", role, idleSeconds: 1800 };
  prepare(fake);
  return show(<FaceGatePage />, fake);
}

describe("the Admin's view of the face gate", () => {
  it("puts first whom to top up, and leads to the camera for it", async () => {
    opened(({ store }) => {
      crowd(store);
    });
    const act = await screen.findByTestId(FACE_GATE.act("employee-13"));
    expect(act.getAttribute("href")).toBe("#/employees/employee-13/enrolment?visit=topUp");
    expect(document.querySelector("tbody tr[data-row]")?.getAttribute("data-row")).toBe("employee-13");
    expect(screen.getByTestId(FACE_GATE.act("employee-12")).dataset["need"]).toBe("second");
    expect(screen.getByTestId(FACE_GATE.act("employee-1")).dataset["need"]).toBe("enrol");
    expect(screen.queryByTestId(FACE_GATE.act("employee-0"))).toBeNull();
  });

  it("counts what was refused for which reason, and how often somebody vouched", async () => {
    opened();
    const notLive = await screen.findByTestId(FACE_GATE.refusal("notLive"));
    expect(notLive.textContent).toBe("the blink or turn was not seen16");
    expect(screen.getByTestId(FACE_GATE.method("vouched_face")).textContent).toBe("vouched by face19");
    expect(screen.getByTestId(FACE_GATE.vouched).textContent).toBe("vouched: 12 of 854");
  });

  it("shows the last confirmations of somebody with their scores and who vouched", async () => {
    opened();
    fireEvent.click(await screen.findByTestId(FACE_GATE.open("employee-0")));
    const details = within(await screen.findByTestId(FACE_GATE.details));
    expect(details.getByText("0.742")).toBeTruthy();
    expect(details.getAllByText("< 0.900")).toHaveLength(4);
    expect(details.getByText("turn left")).toBeTruthy();
    expect(details.getByText("Bekzod Toshmatov")).toBeTruthy();
  });

  it("proposes badges with the reason, one step from where they are switched on", async () => {
    opened(({ store }) => {
      crowd(store);
    });
    expect((await screen.findByTestId(FACE_GATE.proposal)).textContent).toContain("in one light only");
    expect(screen.getByTestId(FACE_GATE.toSettings).getAttribute("href")).toBe("#/settings");
  });

  it("proposes nothing where badges are asked for already", async () => {
    opened(({ store }) => {
      crowd(store);
      store.settings.confirmationMode = "badgeFace";
    });
    expect((await screen.findByTestId(FACE_GATE.mode)).textContent).toBe("asked for: badge and face");
    expect(screen.queryByTestId(FACE_GATE.proposal)).toBeNull();
  });

  it("says what it is for while nobody works here", async () => {
    opened(({ store }) => {
      store.employees = [];
    });
    expect(await screen.findByText("Nobody works here yet")).toBeTruthy();
    expect(screen.getByText("Nobody has been refused in 30 days.")).toBeTruthy();
    expect(screen.getByText("Nobody has been confirmed in 30 days.")).toBeTruthy();
  });

  it("is not for an Operator", async () => {
    opened(() => undefined, "operator");
    expect((await screen.findByTestId(TEST_IDS.errorNotice)).dataset["code"]).toBe("notPermitted");
  });
});

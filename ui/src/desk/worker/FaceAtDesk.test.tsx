import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { DeskScreen } from "@/desk/worker/DeskScreen";
import type { FaceView } from "@/ipc/bindings";
import { createFake, type Fake } from "@/ipc/fake";
import { FAKE_PASSWORD } from "@/ipc/fake/peopleCommands";
import { refusal } from "@/ipc/fake/store";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

const PEPSI = "4820000123471";

/** A document that waits for a face; nothing goes on before the test says so. */
async function waiting(face: Partial<FaceView> = {}, prepare: (fake: Fake) => void = () => undefined): Promise<Fake> {
  const fake = createFake();
  const { desk, store } = fake;
  store.session = { sessionId: "session-1", userId: "user-1", login: "dilshod", name: "Dilshod", role: "operator", idleSeconds: 1800 };
  desk.face.obstacle = "lookHere";
  prepare(fake);
  desk.read(PEPSI);
  desk.key("enter");
  desk.face.show(face);
  show(<DeskScreen onLeave={() => undefined} />, fake);
  await screen.findByTestId(TEST_IDS.card);
  await screen.findByTestId(TEST_IDS.cameraHint);
  return fake;
}

function drawnPose(): string | undefined {
  return screen.getByTestId(TEST_IDS.cameraHint).querySelector<SVGElement>("svg")?.dataset["pose"];
}

/** A key as a person presses it, wherever the focus is. */
function press(code: string): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { code, key: code });
}

describe("the camera at the desk", () => {
  it.each([
    ["blink", "Close your eyes and open them"],
    ["turnLeft", "Turn your head left and back"],
    ["turnRight", "Turn your head right and back"],
  ] as const)("asks for a %s with a sentence and a drawing", async (hint, sentence) => {
    await waiting({ hint });
    expect(screen.getByTestId(TEST_IDS.cameraHint).textContent).toBe(sentence);
    expect(drawnPose()).toBe(hint);
  });

  it("says that an act was not seen, and goes on looking", async () => {
    await waiting({ hint: "notLive" });
    expect(screen.getByTestId(TEST_IDS.cameraHint).textContent).toBe("That was not seen. Once more");
    expect(screen.getByTestId(TEST_IDS.camera).dataset["state"]).toBe("looking");
  });

  it("asks for the badge first where the warehouse wants one, and names its owner then", async () => {
    const { desk } = await waiting({ hint: "scanBadge" });
    expect(screen.getByTestId(TEST_IDS.cameraHint).textContent).toBe("Scan your badge");
    act(() => {
      desk.face.show({ hint: "lookHere", claimedName: "Aziza Karimova" });
    });
    expect(screen.getByTestId(TEST_IDS.cameraWhose).textContent).toBe("Aziza Karimova");
  });

  it("asks the one who vouches for the badge too", async () => {
    await waiting({ hint: "scanBadge", vouchingFor: "Aziza Karimova" });
    expect(screen.getByTestId(TEST_IDS.camera).textContent).toContain("The other employee scans their badge");
  });

  it.each([
    ["cameraMissing", "The camera does not answer"],
    ["cameraBusy", "Another program has the camera"],
    ["cameraBlack", "The camera sees only black"],
    ["cameraUpsideDown", "The camera is upside down"],
  ] as const)("tells %s by a drawing and a sentence, never by a frozen picture", async (hint, sentence) => {
    await waiting({ hint });
    const camera = screen.getByTestId(TEST_IDS.camera);
    expect(screen.getByTestId(TEST_IDS.cameraHint).textContent).toBe(sentence);
    expect(camera.querySelector("canvas")).toBeNull();
    expect(camera.querySelector("svg")).not.toBeNull();
    expect(camera.textContent).toContain("Ombor keeps trying by itself");
    expect(screen.getByTestId(TEST_IDS.lines).textContent).toContain("Pepsi");
  });

  it("shows that the document waits for as long as it waits", async () => {
    const { desk } = await waiting();
    expect(screen.getByTestId(TEST_IDS.lines).textContent).toContain("waits for a face");
    act(() => {
      desk.vouchedFor("employee-0", "vouched_face");
    });
    expect(screen.queryByText("waits for a face")).toBeNull();
    expect(screen.getByTestId(TEST_IDS.confirmation).textContent).toContain("Vouched by a second person");
  });
});

describe("the ways on", () => {
  it("are not offered before the face had its time", async () => {
    const { desk } = await waiting();
    expect(screen.queryByTestId(TEST_IDS.waysOn)).toBeNull();
    press("F9");
    expect(screen.queryByTestId(TEST_IDS.vouchPanel)).toBeNull();
    act(() => {
      desk.face.show({ waysOn: true });
    });
    expect(screen.getByTestId(TEST_IDS.waysOn)).toBeTruthy();
  });

  it("begin the look anew by a key", async () => {
    const { desk } = await waiting({ hint: "notKnown", waysOn: true });
    desk.face.obstacle = null;
    desk.face.stepMs = 1;
    press("F8");
    await waitFor(() => {
      expect(screen.getByTestId(TEST_IDS.desk).dataset["phase"]).toBe("saved");
    });
  });

  it("are no failure when the face comes through just before the key", async () => {
    const fake = await waiting({ waysOn: true });
    fake.commands.retryFace = () => Promise.reject(refusal("notReady"));
    press("F8");
    press("F9");
    await screen.findByTestId(TEST_IDS.vouchPanel);
    expect(screen.queryByTestId(TEST_IDS.errorNotice)).toBeNull();
  });

  it("lead to another employee's face without a mouse", async () => {
    const { desk, store } = await waiting({ waysOn: true });
    press("F9");
    await screen.findByTestId(TEST_IDS.vouchFor("employee-1"));
    fireEvent.change(screen.getByTestId(TEST_IDS.vouchSearch), { target: { value: "tosh" } });
    expect(screen.queryByTestId(TEST_IDS.vouchFor("employee-0"))).toBeNull();
    await userEvent.keyboard("{Enter}");
    expect(document.activeElement).toBe(screen.getByTestId(TEST_IDS.vouchByFace));
    // Not Enter once more: within a scanner's pause a second one is taken for the end of the same scan.
    await userEvent.keyboard("[Space]");
    expect((await screen.findByTestId(TEST_IDS.cameraWhose)).textContent).toBe("Now another employee, please");
    expect(screen.getByTestId(TEST_IDS.vouchPanel).textContent).toContain("Bekzod Toshmatov");
    act(() => {
      desk.vouchedFor("employee-1", "vouched_face");
    });
    expect(screen.queryByTestId(TEST_IDS.vouchPanel)).toBeNull();
    expect(store.movements[0]?.method).toBe("vouched_face");
  });

  it("take an Admin's password, and say how long to wait after a wrong one", async () => {
    const { store } = await waiting({ waysOn: true });
    fireEvent.click(screen.getByTestId(TEST_IDS.vouch));
    fireEvent.click(await screen.findByTestId(TEST_IDS.vouchFor("employee-1")));
    fireEvent.click(screen.getByTestId(TEST_IDS.vouchByPassword));
    const fill = (password: string) => {
      fireEvent.change(screen.getByTestId(TEST_IDS.vouchLogin), { target: { value: "malika" } });
      fireEvent.change(screen.getByTestId(TEST_IDS.vouchPassword), { target: { value: password } });
    };
    fill("wrong password");
    fireEvent.click(screen.getByTestId(TEST_IDS.vouchSubmit));
    expect((await screen.findByRole("alert")).textContent).toContain("The login or the password is wrong.");
    expect(screen.getByTestId(TEST_IDS.vouchPassword)).toHaveProperty("value", "");
    fill(FAKE_PASSWORD);
    expect(screen.getByTestId(TEST_IDS.vouchSubmit)).toHaveProperty("disabled", true);
    expect(screen.getByTestId(TEST_IDS.vouchSubmit).textContent).toMatch(/^Wait [1-4] s$/);
    expect(store.movements).toEqual([]);
  });

  it("save under the Admin's password", async () => {
    const { store } = await waiting({ waysOn: true });
    fireEvent.click(screen.getByTestId(TEST_IDS.vouch));
    fireEvent.click(await screen.findByTestId(TEST_IDS.vouchFor("employee-1")));
    fireEvent.click(screen.getByTestId(TEST_IDS.vouchByPassword));
    fireEvent.change(screen.getByTestId(TEST_IDS.vouchLogin), { target: { value: "malika" } });
    fireEvent.change(screen.getByTestId(TEST_IDS.vouchPassword), { target: { value: FAKE_PASSWORD } });
    fireEvent.click(screen.getByTestId(TEST_IDS.vouchSubmit));
    await waitFor(() => {
      expect(store.movements[0]?.method).toBe("vouched_password");
    });
    expect(store.movements[0]?.employeeName).toBe("Bekzod Toshmatov");
  });

  it("go back by Esc step by step, and cancel nothing by it", async () => {
    await waiting({ waysOn: true });
    press("F9");
    fireEvent.click(await screen.findByTestId(TEST_IDS.vouchFor("employee-1")));
    const steps: (string | undefined)[] = [];
    for (let step = 0; step < 2; step += 1) {
      press("Escape");
      steps.push(screen.queryByTestId(TEST_IDS.vouchPanel)?.dataset["step"]);
    }
    expect(steps).toEqual(["whom", undefined]);
    expect(screen.getByTestId(TEST_IDS.lines).textContent).toContain("Pepsi");
    expect(screen.getByTestId(TEST_IDS.desk).dataset["phase"]).toBe("face");
  });

  it("go to the next employee by the arrows", async () => {
    await waiting({ waysOn: true });
    press("F9");
    await screen.findByTestId(TEST_IDS.vouchFor("employee-0"));
    await userEvent.keyboard("{ArrowDown}{ArrowRight}");
    expect(document.activeElement).toBe(screen.getByTestId(TEST_IDS.vouchFor("employee-1")));
  });

  it("give a scan to the desk, not to the field in which the Admin types", async () => {
    await waiting({ waysOn: true });
    press("F9");
    const field = await screen.findByTestId<HTMLInputElement>(TEST_IDS.vouchSearch);
    for (const digit of "4820000123457") {
      const reached = fireEvent.keyDown(field, { code: `Digit${digit}`, key: digit });
      if (reached) fireEvent.change(field, { target: { value: field.value + digit } });
    }
    fireEvent.keyDown(field, { code: "Enter", key: "Enter" });
    await waitFor(() => {
      expect(screen.getByTestId(TEST_IDS.cardName).textContent).toContain("Nescafé");
    });
    expect(field.value).toBe("");
  });

  it("are one way only where the warehouse lets nobody vouch", async () => {
    await waiting({ waysOn: true }, ({ store }) => {
      store.settings.vouching = false;
    });
    expect(screen.getByTestId(TEST_IDS.retryFace)).toBeTruthy();
    expect(screen.queryByTestId(TEST_IDS.vouch)).toBeNull();
    press("F9");
    expect(screen.queryByTestId(TEST_IDS.vouchPanel)).toBeNull();
  });
});

import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";

import { EnrolmentPage } from "@/features/enrolment/EnrolmentPage";
import { ENROLMENT } from "@/features/enrolment/testids";
import type { Employee } from "@/ipc/bindings";
import { createFake, type Fake } from "@/ipc/fake";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

/** Bekzod sits before the camera; frames come when the test says so. */
async function opened(change: Partial<Employee> = {}, prepare: (fake: Fake) => void = () => undefined): Promise<Fake> {
  const fake = createFake();
  Object.assign(fake.store.employees[1] ?? {}, change);
  prepare(fake);
  show(<EnrolmentPage id="employee-1" />, fake);
  await screen.findByTestId(ENROLMENT.start);
  return fake;
}

async function begun(change: Partial<Employee> = {}, prepare?: (fake: Fake) => void): Promise<Fake> {
  const fake = await opened(change, prepare);
  fireEvent.click(screen.getByTestId(ENROLMENT.start));
  await screen.findByTestId(ENROLMENT.count);
  return fake;
}

describe("the visits before the camera", () => {
  beforeEach(() => {
    history.replaceState(null, "", "/");
  });

  it("ask a stranger nothing: the first visit is the only one", async () => {
    const { enrolment } = await begun();
    expect(enrolment.view?.visit).toBe("first");
  });

  it("propose the second light to whom one light knows", async () => {
    await opened({ lights: 1, enrolledAt: "2026-11-20T06:10:00.000Z" });
    expect(screen.getByTestId(ENROLMENT.visit("second"))).toHaveProperty("checked", true);
    expect(screen.getByTestId(ENROLMENT.visit("first"))).toHaveProperty("checked", false);
  });

  it("begin with the visit that was chosen", async () => {
    const { enrolment } = await opened({ lights: 2, enrolledAt: "2026-11-20T06:10:00.000Z" });
    fireEvent.click(screen.getByTestId(ENROLMENT.visit("first")));
    fireEvent.click(screen.getByTestId(ENROLMENT.start));
    await screen.findByTestId(ENROLMENT.count);
    expect(enrolment.view?.visit).toBe("first");
  });

  it("follow an address that asks for a visit", async () => {
    history.replaceState(null, "", "/?visit=topUp");
    const { enrolment } = await begun({ lights: 1, enrolledAt: "2026-11-20T06:10:00.000Z" });
    expect(enrolment.view?.visit).toBe("topUp");
    expect(screen.getByTestId(ENROLMENT.count).textContent).toBe("0 / 3");
  });
});

describe("the enrolment of a face", () => {
  beforeEach(() => {
    history.replaceState(null, "", "/");
  });

  it.each([
    ["left", "Turn your head a little left"],
    ["up", "Raise your chin a little"],
    ["speak", "Say a few words"],
  ] as const)("shows how to hold the head: %s", async (pose, sentence) => {
    const { enrolment } = await begun();
    act(() => {
      enrolment.show({ hint: "good", pose });
    });
    const hint = screen.getByTestId(ENROLMENT.hint);
    expect(hint.textContent).toBe(sentence);
    expect(hint.querySelector<SVGElement>("svg")?.dataset["pose"]).toBe(pose);
  });

  it("says first what is wrong, and only then how to hold the head", async () => {
    const { enrolment } = await begun();
    act(() => {
      enrolment.show({ hint: "closer", pose: "left" });
    });
    expect(screen.getByTestId(ENROLMENT.hint).textContent).toBe("Come closer");
  });

  it("counts the good views", async () => {
    const { enrolment } = await begun();
    act(() => {
      enrolment.show({ accepted: 4 });
    });
    expect(screen.getByTestId(ENROLMENT.count).textContent).toBe("4 / 10");
  });

  it("draws a camera that does not see instead of its last picture", async () => {
    const { enrolment } = await begun();
    act(() => {
      enrolment.show({ hint: "cameraBlack" });
    });
    expect(screen.getByTestId(ENROLMENT.hint).textContent).toBe("The camera sees only black");
    expect(document.querySelector("canvas")).toBeNull();
  });

  it("tells the quality at the end, and that one light is not enough", async () => {
    await begun({}, ({ enrolment }) => {
      enrolment.stepMs = 1;
    });
    expect(await screen.findByTestId(ENROLMENT.done)).toBeTruthy();
    expect(screen.getByTestId(ENROLMENT.quality).textContent).toContain("78 %");
    expect(screen.getByTestId(ENROLMENT.firstLight).textContent).toContain("another time of day");
  });

  it("says nothing of a first light once there are two", async () => {
    await begun({ lights: 1, enrolledAt: "2026-11-20T06:10:00.000Z" }, ({ enrolment }) => {
      enrolment.stepMs = 1;
    });
    expect(await screen.findByTestId(ENROLMENT.done)).toBeTruthy();
    expect(screen.queryByTestId(ENROLMENT.firstLight)).toBeNull();
  });

  it("asks the Admin about a face that resembles somebody's, and keeps it when it is somebody else's", async () => {
    const { store } = await begun({}, ({ enrolment }) => {
      enrolment.stepMs = 1;
      enrolment.resembles = "Aziza Karimova";
    });
    expect((await screen.findByTestId(ENROLMENT.resembles)).textContent).toContain("Aziza Karimova");
    expect(store.employees[1]?.lights).toBe(0);
    fireEvent.click(screen.getByTestId(ENROLMENT.somebodyElse));
    expect(await screen.findByTestId(ENROLMENT.done)).toBeTruthy();
    expect(store.employees[1]?.lights).toBe(1);
  });

  it("keeps nothing when it is the same person", async () => {
    const { store } = await begun({}, ({ enrolment }) => {
      enrolment.stepMs = 1;
      enrolment.resembles = "Aziza Karimova";
    });
    fireEvent.click(await screen.findByTestId(ENROLMENT.samePerson));
    expect((await screen.findByTestId(ENROLMENT.failed)).textContent).toContain("This face belongs to Aziza Karimova.");
    expect(store.employees[1]?.enrolledAt).toBeNull();
  });

  it("says in words that the face did not pass its own test", async () => {
    await begun({}, ({ enrolment }) => {
      enrolment.stepMs = 1;
      enrolment.failsSelfTest = true;
    });
    expect((await screen.findByTestId(TEST_IDS.errorNotice)).dataset["code"]).toBe("enrolmentSelfTestFailed");
    expect(screen.getByTestId(ENROLMENT.again)).toBeTruthy();
  });
});

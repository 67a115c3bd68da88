import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { DeskScreen } from "@/desk/worker/DeskScreen";
import { quantity } from "@/format/quantity";
import type { Session } from "@/ipc/bindings";
import { createFake, type Fake } from "@/ipc/fake";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

const NESCAFE = "4820000123457";
const PEPSI = "4820000123471";

const SESSION: Session = {
  sessionId: "session-1",
  userId: "user-1",
  login: "dilshod",
  name: "Dilshod",
  role: "operator",
  idleSeconds: 1800,
};

async function openDesk(fake: Fake = createFake()): Promise<Fake> {
  fake.store.session = SESSION;
  show(<DeskScreen onLeave={() => undefined} />, fake);
  await screen.findByTestId(TEST_IDS.deskPhase);
  return fake;
}

/** Lets the desk do something on its own, as a scan or a key would. */
function does(step: () => unknown): void {
  act(() => {
    step();
  });
}

describe("the worker's screen", () => {
  it("asks for one thing only while nothing is scanned", async () => {
    await openDesk();
    expect(screen.getByTestId(TEST_IDS.deskPhase).textContent).toBe("Scan a code");
    expect(screen.queryByTestId(TEST_IDS.lines)).toBeNull();
    expect(screen.getByTestId(TEST_IDS.camera).dataset["state"]).toBe("idle");
  });

  it("shows a scanned product with what there is and what will be left", async () => {
    const { desk } = await openDesk();
    does(() => desk.read(NESCAFE));
    expect(screen.getByTestId(TEST_IDS.cardName).textContent).toBe("Nescafé Gold 190 g");
    expect(screen.getByTestId(TEST_IDS.cardQuantity).textContent).toBe("−1");
    expect(screen.getByTestId(TEST_IDS.cardStock).textContent).toContain("48");
    expect(screen.getByTestId(TEST_IDS.cardStock).textContent).toContain("47");
  });

  it("shows the digits that are being typed before they count", async () => {
    const { desk } = await openDesk();
    does(() => desk.read(NESCAFE));
    does(() => desk.key("1"));
    does(() => desk.key("2"));
    expect(screen.getByTestId(TEST_IDS.cardQuantity).textContent).toBe("−12");
    expect(screen.getByTestId(TEST_IDS.cardQuantity).dataset["typing"]).toBe("true");
  });

  it("gathers lines with their sum, newest first", async () => {
    const { desk } = await openDesk();
    does(() => desk.read(NESCAFE));
    does(() => desk.read(PEPSI));
    const rows = within(screen.getByTestId(TEST_IDS.lines)).getAllByRole("listitem");
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringContaining("Pepsi"),
      expect.stringContaining("Nescafé"),
    ]);
    expect(screen.getByTestId(TEST_IDS.linesTotal).textContent).toBe("2 lines · 2 dona");
  });

  it("says what is short with the numbers, and keeps the lines gathered so far", async () => {
    const { desk } = await openDesk();
    does(() => desk.read(PEPSI));
    does(() => desk.read(NESCAFE));
    for (const key of ["5", "0", "enter"] as const) does(() => desk.key(key));
    expect(screen.getByTestId(TEST_IDS.notice).dataset["code"]).toBe("insufficientStock");
    expect(screen.getByTestId(TEST_IDS.notice).textContent).toContain("asked for 50, there are 48 dona");
    expect(screen.getByTestId(TEST_IDS.lines).textContent).toContain("Pepsi");
  });

  it("clears a refusal with the next scan", async () => {
    const { desk } = await openDesk();
    does(() => desk.read("4780000000017"));
    expect(screen.getByTestId(TEST_IDS.noticeTitle).textContent).toBe("Unknown code");
    does(() => desk.read(NESCAFE));
    expect(screen.queryByTestId(TEST_IDS.noticeTitle)).toBeNull();
    expect(screen.getByTestId(TEST_IDS.cardName).textContent).toContain("Nescafé");
  });

  it("offers a product for an unknown code to an Admin only", async () => {
    const fake = await openDesk();
    does(() => fake.desk.read("4780000000017"));
    expect(screen.queryByTestId(TEST_IDS.createProduct)).toBeNull();
    fake.store.session = { ...SESSION, role: "admin" };
    does(() => fake.desk.read("4780000000017"));
    screen.getByTestId(TEST_IDS.createProduct).click();
    await waitFor(() => {
      expect(location.hash).toBe("#/products/new");
    });
    expect(location.search).toBe("?code=4780000000017");
  });

  it("fills the oval while frames agree and says one thing at a time", async () => {
    const fake = await openDesk();
    does(() => {
      fake.desk.face.show({ active: true, hint: "closer", progress: 0 });
    });
    expect(screen.getByTestId(TEST_IDS.cameraHint).textContent).toBe("Come closer");
    expect(screen.getByTestId(TEST_IDS.camera).querySelectorAll("ellipse")).toHaveLength(1);
    does(() => {
      fake.desk.face.show({ active: true, hint: "holdStill", progress: 0.5 });
    });
    expect(screen.getByTestId(TEST_IDS.camera).querySelectorAll("ellipse")).toHaveLength(2);
  });

  it("says a missing camera in words instead of a black picture", async () => {
    const fake = await openDesk();
    does(() => {
      fake.desk.face.show({ active: true, hint: "cameraMissing", progress: 0 });
    });
    expect(screen.getByTestId(TEST_IDS.camera).dataset["state"]).toBe("blind");
    expect(screen.getByTestId(TEST_IDS.cameraHint).textContent).toBe("The camera does not answer");
  });

  it("shows what was saved, what is left, and for how long the face holds", async () => {
    const { desk } = await openDesk();
    desk.confirm(246_000);
    does(() => desk.read(NESCAFE));
    does(() => desk.key("enter"));
    expect(screen.getByTestId(TEST_IDS.deskPhase).textContent).toBe("Saved");
    expect(screen.getByTestId(TEST_IDS.cardStock).textContent).toContain("47");
    expect(screen.getByTestId(TEST_IDS.confirmationName).textContent).toBe("Aziza Karimova");
    expect(screen.getByTestId(TEST_IDS.confirmationLeft).textContent).toMatch(/^4:0\d$/);
    expect(screen.getByTestId(TEST_IDS.recent).textContent).toContain("−1");
  });

  it("tells a product below its minimum on the card", async () => {
    const { desk } = await openDesk();
    does(() => desk.read(NESCAFE));
    for (const key of ["4", "0", "enter"] as const) does(() => desk.key(key));
    expect(screen.getByTestId(TEST_IDS.cardBelowMinimum).textContent).toContain(quantity("12"));
  });

  it("takes a code that is typed by hand in the place of the key hints", async () => {
    await openDesk();
    fireEvent.keyDown(window, { code: "F6", key: "F6" });
    fireEvent.change(await screen.findByTestId(TEST_IDS.typeCodeInput), { target: { value: NESCAFE } });
    fireEvent.click(screen.getByTestId(TEST_IDS.typeCodeSubmit));
    expect((await screen.findByTestId(TEST_IDS.cardName)).textContent).toContain("Nescafé");
    expect(screen.queryByTestId(TEST_IDS.typeCode)).toBeNull();
  });

  it("leaves the typing of a code with Esc, and cancels nothing by it", async () => {
    const { desk } = await openDesk();
    does(() => desk.read(NESCAFE));
    fireEvent.keyDown(window, { code: "F6", key: "F6" });
    fireEvent.keyDown(await screen.findByTestId(TEST_IDS.typeCodeInput), { code: "Escape", key: "Escape" });
    await waitFor(() => {
      expect(screen.queryByTestId(TEST_IDS.typeCode)).toBeNull();
    });
    expect(screen.getByTestId(TEST_IDS.cardName).textContent).toContain("Nescafé");
  });

  it("takes IN and OUT from their keys", async () => {
    await openDesk();
    fireEvent.keyDown(window, { code: "F2", key: "F2" });
    await waitFor(() => {
      expect(screen.getByTestId(TEST_IDS.deskModeIn).getAttribute("aria-pressed")).toBe("true");
    });
  });

  it("tells an error of the desk in its own words, not by its code", async () => {
    const fake = await openDesk();
    const state = fake.desk.state();
    does(() => {
      const notice = { kind: "refused" as const, code: "error" as const, params: { code: "diskFull" }, lines: [] };
      fake.store.emit("deskChanged", { ...state, revision: state.revision + 1, phase: "refused", notice });
    });
    expect(screen.getByTestId(TEST_IDS.notice).textContent).toContain("The disk is full.");
    expect(screen.getByTestId(TEST_IDS.notice).textContent).not.toContain("diskFull");
  });

  it("keeps the newer of two states, whichever arrives first", async () => {
    const fake = await openDesk();
    const old = fake.desk.state();
    does(() => fake.desk.read(NESCAFE));
    does(() => {
      fake.store.emit("deskChanged", old);
    });
    expect(screen.getByTestId(TEST_IDS.cardName).textContent).toContain("Nescafé");
  });
});

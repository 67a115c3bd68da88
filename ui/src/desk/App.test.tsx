import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { App } from "@/desk/App";
import { activateLocale } from "@/i18n/setup";
import { createFake, type Fake } from "@/ipc/fake";
import { FAKE_PASSWORD } from "@/ipc/fake/peopleCommands";
import { show } from "@/testing/show";
import { TEST_IDS } from "@/testids";

function opened(prepare: (fake: Fake) => void = () => undefined): Fake {
  const fake = createFake();
  fake.store.start.locale = "en";
  prepare(fake);
  return show(<App />, fake);
}

async function logIn(login: string, password: string): Promise<void> {
  await userEvent.type(await screen.findByTestId(TEST_IDS.logInLogin), login);
  await userEvent.type(screen.getByTestId(TEST_IDS.logInPassword), password);
  await userEvent.click(screen.getByTestId(TEST_IDS.logInSubmit));
}

describe("the window", () => {
  beforeEach(() => {
    location.hash = "";
  });
  afterEach(() => activateLocale("en"));

  it("says what it does while the house opens", async () => {
    const { store } = opened((fake) => {
      fake.store.start = { phase: "starting", step: "startingDatabase", failure: null, locale: "en" };
    });
    expect(await screen.findByText("Starting the database")).toBeTruthy();
    act(() => {
      store.emit("startChanged", { phase: "ready", step: null, failure: null, locale: "en" });
    });
    expect(await screen.findByTestId(TEST_IDS.logIn)).toBeTruthy();
  });

  it("says why it did not open and opens after another try", async () => {
    opened((fake) => {
      const failure = { code: "diskFull" as const, params: {}, lines: [] };
      fake.store.start = { phase: "failed", step: null, failure, locale: "en" };
    });
    expect((await screen.findByTestId(TEST_IDS.startFailure)).textContent).toContain("The disk is full.");
    await userEvent.click(screen.getByTestId(TEST_IDS.startRetry));
    expect(await screen.findByTestId(TEST_IDS.logIn)).toBeTruthy();
  });

  it("asks the first person for the language first, and leads them in as the Admin", async () => {
    const { store } = opened((fake) => {
      fake.store.start = { phase: "needsSetup", step: null, failure: null, locale: null };
    });
    await userEvent.click(await screen.findByTestId(TEST_IDS.firstRunLocale("en")));
    await userEvent.type(await screen.findByTestId(TEST_IDS.firstRunWarehouse), "North");
    await userEvent.type(screen.getByTestId(TEST_IDS.firstRunName), "Malika");
    await userEvent.type(screen.getByTestId(TEST_IDS.firstRunLogin), "malika");
    await userEvent.type(screen.getByTestId(TEST_IDS.firstRunPassword), "long enough");
    await userEvent.type(screen.getByTestId(TEST_IDS.firstRunRepeat), "long enoug");
    await userEvent.click(screen.getByTestId(TEST_IDS.firstRunSubmit));
    expect(screen.getByText("The passwords differ.")).toBeTruthy();
    await userEvent.type(screen.getByTestId(TEST_IDS.firstRunRepeat), "h");
    await userEvent.click(screen.getByTestId(TEST_IDS.firstRunSubmit));
    expect(await screen.findByTestId(TEST_IDS.nav("today"))).toBeTruthy();
    expect(store.settings.warehouseName).toBe("North");
  });

  it("refuses a wrong password in words, keeps the login and forgets the password", async () => {
    opened();
    await logIn("dilshod", "wrong password");
    expect((await screen.findByTestId(TEST_IDS.errorNotice)).textContent).toContain("The login or the password is wrong.");
    expect(screen.getByTestId(TEST_IDS.logInLogin)).toHaveProperty("value", "dilshod");
    expect(screen.getByTestId(TEST_IDS.logInPassword)).toHaveProperty("value", "");
  });

  it("asks whoever was given a password for one of their own", async () => {
    opened(({ store }) => store.givenPasswords.add("dilshod"));
    await logIn("dilshod", FAKE_PASSWORD);
    await userEvent.type(await screen.findByTestId(TEST_IDS.choosePasswordNew), "faqat-meniki-7");
    await userEvent.type(screen.getByTestId(TEST_IDS.choosePasswordRepeated), "faqat-meniki-8");
    await userEvent.click(screen.getByTestId(TEST_IDS.choosePasswordSubmit));
    expect(await screen.findByText("The passwords differ.")).toBeTruthy();
    await userEvent.type(screen.getByTestId(TEST_IDS.choosePasswordRepeated), "{Backspace}7");
    await userEvent.click(screen.getByTestId(TEST_IDS.choosePasswordSubmit));
    expect(await screen.findByTestId(TEST_IDS.desk)).toBeTruthy();
  });

  it("leads an Operator straight to the desk, and out when the session ends", async () => {
    const { store } = opened();
    await logIn("dilshod", FAKE_PASSWORD);
    expect(await screen.findByTestId(TEST_IDS.desk)).toBeTruthy();
    act(() => {
      store.session = null;
      store.emit("sessionEnded", null);
    });
    expect((await screen.findByTestId(TEST_IDS.errorNotice)).dataset["code"]).toBe("sessionExpired");
  });

  it("shows a Viewer the doors that are theirs and leads them away from others", async () => {
    opened();
    await logIn("nodira", FAKE_PASSWORD);
    expect(await screen.findByTestId(TEST_IDS.nav("products"))).toBeTruthy();
    expect(screen.queryByTestId(TEST_IDS.nav("users"))).toBeNull();
    act(() => {
      location.hash = "#/users";
    });
    await waitFor(() => {
      expect(location.hash).toBe("#/");
    });
  });

  it("shows at the desk at once how the station is, whatever room was open when it changed", async () => {
    const { store } = opened();
    await logIn("malika", FAKE_PASSWORD);
    await screen.findByTestId(TEST_IDS.nav("today"));
    act(() => {
      store.emit("healthChanged", {
        scanner: { state: "ok", lastScanAt: null },
        camera: { state: "failed", name: null },
        database: { state: "ok" },
        sound: { state: "ok" },
        backup: { state: "ok", lastAt: null, failure: null, elsewhere: false },
      });
    });
    act(() => {
      screen.getByTestId(TEST_IDS.nav("desk")).click();
    });
    expect(screen.getByTestId(TEST_IDS.health("camera")).dataset["state"]).toBe("failed");
  });

  it("changes its language without a restart", async () => {
    opened();
    await userEvent.click(await screen.findByTestId(TEST_IDS.language("ru")));
    await waitFor(() => {
      expect(screen.getByTestId(TEST_IDS.logInSubmit).textContent).toBe("Войти");
    });
    await userEvent.click(screen.getByTestId(TEST_IDS.language("kk")));
    await waitFor(() => {
      expect(screen.getByTestId(TEST_IDS.logInSubmit).textContent).toBe("Кіру");
    });
  });
});

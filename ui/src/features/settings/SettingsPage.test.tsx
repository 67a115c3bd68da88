import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { SettingsPage } from "@/features/settings/SettingsPage";
import { SETTINGS } from "@/features/settings/testids";
import { createFake, type Fake } from "@/ipc/fake";
import { show } from "@/testing/show";

async function opened(prepare: (fake: Fake) => void = () => undefined): Promise<Fake> {
  const fake = createFake();
  prepare(fake);
  show(<SettingsPage />, fake);
  await screen.findByTestId(SETTINGS.confirmationMode("face"));
  return fake;
}

describe("the settings of the face gate", () => {
  it("explain both ways to confirm, and keep the one that was chosen", async () => {
    const { store } = await opened();
    expect(screen.getByTestId(SETTINGS.confirmationMode("face"))).toHaveProperty("checked", true);
    fireEvent.click(screen.getByTestId(SETTINGS.confirmationMode("badgeFace")));
    fireEvent.click(screen.getByTestId(SETTINGS.save));
    await waitFor(() => {
      expect(store.settings.confirmationMode).toBe("badgeFace");
    });
  });

  it("switch the act and the vouching off", async () => {
    const { store } = await opened();
    fireEvent.click(screen.getByTestId(SETTINGS.liveness));
    fireEvent.click(screen.getByTestId(SETTINGS.vouching));
    fireEvent.change(screen.getByTestId(SETTINGS.patience), { target: { value: "12" } });
    fireEvent.click(screen.getByTestId(SETTINGS.save));
    await waitFor(() => {
      expect(store.settings).toMatchObject({ liveness: false, vouching: false, facePatienceSeconds: 12 });
    });
  });
});

describe("opening by itself", () => {
  it("is switched on and kept", async () => {
    const { store } = await opened();
    fireEvent.click(screen.getByTestId(SETTINGS.autostart));
    fireEvent.click(screen.getByTestId(SETTINGS.save));
    await waitFor(() => {
      expect(store.settings.autostart).toBe(true);
    });
  });

  it("is not offered where the computer does not say whether it does", async () => {
    await opened((fake) => {
      fake.store.settings.autostart = null;
    });
    expect(screen.queryByTestId(SETTINGS.autostart)).toBeNull();
  });
});

describe("the choice of a camera", () => {
  it("goes by name", async () => {
    const { store } = await opened();
    await waitFor(() => {
      expect(screen.getByTestId(SETTINGS.camera)).toHaveProperty("value", "USB Camera");
    });
    fireEvent.click(screen.getByTestId(SETTINGS.camera));
    fireEvent.click(await screen.findByText("Logitech HD Webcam C270"));
    fireEvent.click(screen.getByTestId(SETTINGS.save));
    await waitFor(() => {
      expect(store.settings.frameSource).toEqual({ kind: "camera", index: 2 });
    });
  });

  it("keeps a camera that is not plugged in, says so, and finds it again", async () => {
    const { store } = await opened((fake) => {
      fake.store.cameras = [];
    });
    await waitFor(() => {
      expect(screen.getByTestId(SETTINGS.camera)).toHaveProperty("value", "Camera 0: not plugged in");
    });
    store.cameras = [{ index: 0, name: "USB Camera" }];
    fireEvent.click(screen.getByTestId(SETTINGS.cameraRefresh));
    await waitFor(() => {
      expect(screen.getByTestId(SETTINGS.camera)).toHaveProperty("value", "USB Camera");
    });
  });
});

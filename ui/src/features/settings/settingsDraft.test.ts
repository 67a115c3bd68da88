import { describe, expect, it } from "vitest";

import { draftOf, settingsOf } from "@/features/settings/settingsDraft";
import type { Settings } from "@/ipc/bindings";

const SETTINGS: Settings = {
  locale: "uz-Latn",
  theme: "light",
  soundVolume: 70,
  frameSource: { kind: "camera", index: 1 },
  idleMinutes: 15,
  warehouseName: "Markaziy ombor",
  zone: "Asia/Tashkent",
  currency: "UZS",
  maxGapMs: 50,
  confirmationMode: "badgeFace",
  liveness: true,
  vouching: false,
  facePatienceSeconds: 9,
  autostart: true,
};

describe("the settings' form", () => {
  it("gives back what it was given when nothing is changed", () => {
    expect(settingsOf(SETTINGS, draftOf(SETTINGS), "uz-Latn")).toEqual(SETTINGS);
    const played: Settings = { ...SETTINGS, frameSource: { kind: "video", path: "faces.mp4" } };
    expect(settingsOf(played, draftOf(played), "uz-Latn")).toEqual(played);
  });

  it("sends a folder without the number of the camera that was chosen before", () => {
    const draft = { ...draftOf(SETTINGS), sourceKind: "folder" as const, sourcePath: " frames " };
    expect(settingsOf(SETTINGS, draft, "uz-Latn").frameSource).toEqual({ kind: "folder", path: "frames" });
  });

  it("does not take back a language that was chosen meanwhile", () => {
    expect(settingsOf(SETTINGS, draftOf(SETTINGS), "ru").locale).toBe("ru");
  });

  it("keeps what it does not show", () => {
    const draft = { ...draftOf(SETTINGS), warehouseName: " Chilonzor " };
    expect(settingsOf(SETTINGS, draft, "uz-Latn")).toEqual({ ...SETTINGS, warehouseName: "Chilonzor" });
  });
});

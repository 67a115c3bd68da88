import type { ConfirmationMode, FrameSource, Locale, Settings } from "@/ipc/bindings";

/** What the settings' form holds: a source of frames has its kind and both of its particulars. */
export interface SettingsDraft {
  warehouseName: string;
  theme: Settings["theme"];
  soundVolume: number;
  sourceKind: FrameSource["kind"];
  cameraIndex: number;
  sourcePath: string;
  idleMinutes: number;
  maxGapMs: number;
  confirmationMode: ConfirmationMode;
  liveness: boolean;
  vouching: boolean;
  facePatienceSeconds: number;
  autostart: boolean | null;
}

export const IDLE_MINUTES = { least: 1, most: 240 } as const;
export const PATIENCE_SECONDS = { least: 3, most: 60 } as const;
export const GAP_MS = { least: 20, most: 120 } as const;
/** What "unmute" goes back to when nothing louder was set before. */
export const AUDIBLE = 70;

export function draftOf(settings: Settings): SettingsDraft {
  const source = settings.frameSource;
  return {
    warehouseName: settings.warehouseName,
    theme: settings.theme,
    soundVolume: settings.soundVolume,
    sourceKind: source.kind,
    cameraIndex: source.kind === "camera" ? source.index : 0,
    sourcePath: source.kind === "camera" ? "" : source.path,
    idleMinutes: settings.idleMinutes,
    maxGapMs: settings.maxGapMs,
    confirmationMode: settings.confirmationMode,
    liveness: settings.liveness,
    vouching: settings.vouching,
    facePatienceSeconds: settings.facePatienceSeconds,
    autostart: settings.autostart,
  };
}

/** The settings with the draft's changes; the language has buttons of its own and is the one on the screen now. */
export function settingsOf(before: Settings, draft: SettingsDraft, locale: Locale): Settings {
  return {
    ...before,
    locale,
    warehouseName: draft.warehouseName.trim(),
    theme: draft.theme,
    soundVolume: draft.soundVolume,
    frameSource: sourceOf(draft),
    idleMinutes: draft.idleMinutes,
    maxGapMs: draft.maxGapMs,
    confirmationMode: draft.confirmationMode,
    liveness: draft.liveness,
    vouching: draft.vouching,
    facePatienceSeconds: draft.facePatienceSeconds,
    autostart: draft.autostart,
  };
}

function sourceOf(draft: SettingsDraft): FrameSource {
  const path = draft.sourcePath.trim();
  switch (draft.sourceKind) {
    case "camera":
      return { kind: "camera", index: draft.cameraIndex };
    case "folder":
      return { kind: "folder", path };
    case "video":
      return { kind: "video", path };
  }
}

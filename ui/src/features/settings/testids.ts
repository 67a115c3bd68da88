/** Handles that tests of the real window take hold of. */
export const SETTINGS = {
  warehouseName: "settings-warehouse-name",
  theme: "settings-theme",
  volume: "settings-volume",
  mute: "settings-mute",
  sourceKind: "settings-source-kind",
  cameraIndex: "settings-camera-index",
  sourcePath: "settings-source-path",
  idleMinutes: "settings-idle-minutes",
  maxGap: "settings-max-gap",
  save: "settings-save",
  saved: "settings-saved",
  cards: "settings-control-cards",
  printCards: "settings-print-cards",
} as const;

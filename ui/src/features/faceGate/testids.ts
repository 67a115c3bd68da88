/** Handles that tests of the real window take hold of. */
export const FACE_GATE = {
  proposal: "face-gate-proposal",
  toSettings: "face-gate-to-settings",
  mode: "face-gate-mode",
  vouched: "face-gate-vouched",
  method: (method: string) => `face-gate-method-${method}`,
  refusal: (reason: string) => `face-gate-refusal-${reason}`,
  open: (employee: string) => `face-gate-open-${employee}`,
  act: (employee: string) => `face-gate-act-${employee}`,
  details: "face-gate-details",
} as const;

import type { ConfirmationRow, RefusalCount } from "@/ipc/bindings";

const MINUTE_MS = 60_000;

/** What was refused lately, the commonest reason first. */
export const REFUSALS: RefusalCount[] = [
  { reason: "notKnown", today: 2, month: 14 },
  { reason: "notLive", today: 1, month: 6 },
  { reason: "notAgreeing", today: 0, month: 5 },
  { reason: "twoAlike", today: 0, month: 1 },
];

/** The last confirmations of somebody, different for each. */
export function recentConfirmations(who: number): ConfirmationRow[] {
  const rows: [method: string, score: string | null, liveness: string | null, vouchedBy: string | null][] = [
    ["face", "0.742", "blink", null],
    ["face", "0.781", "turnLeft", null],
    ["vouched_face", "0.803", "turnRight", "Bekzod Toshmatov"],
    ["face", "0.868", "blink", null],
    ["vouched_password", null, null, "Malika Yusupova"],
  ];
  return rows.slice(0, 5 - (who % 3)).map(([method, score, liveness, vouchedBy], at) => ({
    at: new Date(Date.now() - (who + 1) * (at * 95 + 7) * MINUTE_MS).toISOString(),
    method,
    score,
    threshold: score === null ? null : "0.900",
    agreeingShare: score === null ? null : String(1 - at * 0.06),
    liveness,
    vouchedBy,
  }));
}

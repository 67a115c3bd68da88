import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { BackupKind, BackupStep, BackupWork } from "@/ipc/bindings";

/** What is being done, as a heading. */
export const KIND_TEXTS: Readonly<Record<BackupKind, MessageDescriptor>> = {
  taking: msg`A backup is being taken`,
  verifying: msg`The backup is being tried`,
  restoring: msg`The warehouse is being restored`,
  goingBack: msg`The warehouse goes back to a moment`,
  copying: msg`All data is being copied`,
};

const STEP_TEXTS: Readonly<Record<BackupStep, MessageDescriptor>> = {
  copyingCluster: msg`Copying everything to the folder of the kept changes`,
  recovering: msg`Bringing the moment back beside the warehouse`,
  dumping: msg`Reading the warehouse`,
  reading: msg`Reading the backup to its end`,
  restoring: msg`Bringing it back beside the warehouse`,
  comparing: msg`Comparing every table`,
  copying: msg`Copying to the second disk`,
  exchanging: msg`Putting it in the warehouse's place`,
};

const STEPS: Readonly<Record<BackupKind, readonly BackupStep[]>> = {
  taking: ["dumping", "reading", "restoring", "comparing", "copying"],
  verifying: ["restoring", "comparing"],
  restoring: ["restoring", "comparing", "exchanging"],
  goingBack: ["recovering", "restoring", "comparing", "exchanging"],
  copying: ["copyingCluster"],
};

/** Before a restore's first step of its own, and after a moment was brought back, there is a backup of what there is. */
const SAFETY_AT: Readonly<Partial<Record<BackupKind, number>>> = { restoring: 0, goingBack: 1 };

/** One step of the work: what it does, and whether it is behind, now or to come. */
export interface ShownStep {
  key: string;
  text: MessageDescriptor;
  state: "done" | "now" | "later";
}

/** The way that the work goes, with the step that it has come to. */
export function shownSteps(work: BackupWork): ShownStep[] {
  const steps = STEPS[work.kind];
  const way = steps.map((step) => ({ key: step, text: STEP_TEXTS[step], here: !work.safety && step === work.step }));
  const safetyAt = SAFETY_AT[work.kind];
  if (safetyAt !== undefined) {
    const here = work.safety || work.step === "dumping";
    way.splice(safetyAt, 0, { key: "safety" as BackupStep, text: msg`Backing up what is there now`, here });
  }
  const at = Math.max(
    0,
    way.findIndex(({ here }) => here),
  );
  return way.map(({ key, text }, index) => ({
    key,
    text,
    state: index < at ? "done" : index === at ? "now" : "later",
  }));
}

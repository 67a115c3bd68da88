import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { BackupPlace } from "@/ipc/bindings";

/** Where a backup lies, as a saved list says it. */
export const PLACES: Readonly<Record<BackupPlace, MessageDescriptor>> = {
  once: msg`in the folder`,
  twice: msg`on the second disk too`,
  secondOnly: msg`on the second disk`,
};

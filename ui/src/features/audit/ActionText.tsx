import { useLingui } from "@lingui/react/macro";

import { ACTIONS } from "@/features/audit/actions";

/** What was done, in words; an action that this version has no words for is shown as it is written. */
export function ActionText({ action }: { action: string }) {
  const { t } = useLingui();
  const words = ACTIONS[action];
  return words === undefined ? action.replaceAll("_", " ") : t(words);
}

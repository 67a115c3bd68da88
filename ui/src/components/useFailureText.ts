import { useLingui } from "@lingui/react/macro";

import { wordingOf } from "@/ipc/errors";
import { asFailure } from "@/ipc/failure";

/** A refusal as one line, where a notice has no room: below a field, in a passing message. */
export function useFailureText(): (thrown: unknown) => string {
  const { t } = useLingui();
  return (thrown) => {
    const failure = asFailure(thrown);
    const wording = wordingOf(failure.code, failure.params);
    return `${t(wording.text)} ${t(wording.next)}`;
  };
}

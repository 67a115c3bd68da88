import { Trans, useLingui } from "@lingui/react/macro";

import type { FaceHint } from "@/ipc/bindings";
import { HINT_TEXTS } from "@/ipc/hints";

/** What the camera asks of the person who is enrolled, one short sentence. */
export function HintText({ hint }: { hint: FaceHint }) {
  const { t } = useLingui();
  switch (hint) {
    case "holdStill":
      return <Trans>Hold still</Trans>;
    case "good":
      return <Trans>Good</Trans>;
    case "notKnown":
    case "nobodyEnrolled":
      return t(HINT_TEXTS.lookHere);
    default:
      return t(HINT_TEXTS[hint]);
  }
}

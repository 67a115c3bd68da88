import { Trans } from "@lingui/react/macro";

import type { FaceHint } from "@/ipc/bindings";

/** What the camera asks of the person, one short sentence. */
export function HintText({ hint }: { hint: FaceHint }) {
  switch (hint) {
    case "noFace":
    case "lookHere":
      return <Trans>Look at the camera</Trans>;
    case "twoFaces":
      return <Trans>Only one person, please</Trans>;
    case "closer":
      return <Trans>Come closer</Trans>;
    case "farther":
      return <Trans>Step back a little</Trans>;
    case "moreLight":
      return <Trans>More light is needed</Trans>;
    case "lessLight":
      return <Trans>Too much light</Trans>;
    case "holdStill":
      return <Trans>Hold still</Trans>;
    case "good":
      return <Trans>Good</Trans>;
    case "notKnown":
    case "nobodyEnrolled":
      return <Trans>Keep looking at the camera</Trans>;
    case "cameraMissing":
      return <Trans>The camera is missing</Trans>;
  }
}

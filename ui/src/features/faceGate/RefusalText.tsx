import { Trans } from "@lingui/react/macro";

/** Why somebody was refused, in a few words; a reason that this version has no words for is shown as it is written. */
export function RefusalText({ reason }: { reason: string }) {
  switch (reason) {
    case "notKnown":
      return <Trans>the face is not known</Trans>;
    case "notAgreeing":
      return <Trans>the views did not agree</Trans>;
    case "twoAlike":
      return <Trans>two employees are too much alike</Trans>;
    case "notLive":
      return <Trans>the blink or turn was not seen</Trans>;
    case "claimNotEnrolled":
      return <Trans>a badge whose face is not known</Trans>;
    case "nobodyEnrolled":
      return <Trans>no face has been recorded</Trans>;
    default:
      return reason;
  }
}

import { Trans } from "@lingui/react/macro";

/** What the face was asked to do and did; nothing when it was not asked. */
export function ActText({ act }: { act: string | null }) {
  switch (act) {
    case "blink":
      return <Trans>blink</Trans>;
    case "turnLeft":
      return <Trans>turn left</Trans>;
    case "turnRight":
      return <Trans>turn right</Trans>;
    case null:
      return "–";
    default:
      return act;
  }
}

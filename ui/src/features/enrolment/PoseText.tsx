import { Trans } from "@lingui/react/macro";

import type { EnrolmentPose } from "@/ipc/bindings";

/** How to hold the head for the next view. */
export function PoseText({ pose }: { pose: EnrolmentPose }) {
  switch (pose) {
    case "straight":
      return <Trans>Look straight at the camera</Trans>;
    case "left":
      return <Trans>Turn your head a little left</Trans>;
    case "right":
      return <Trans>Turn your head a little right</Trans>;
    case "up":
      return <Trans>Raise your chin a little</Trans>;
    case "down":
      return <Trans>Lower your chin a little</Trans>;
    case "speak":
      return <Trans>Say a few words</Trans>;
  }
}

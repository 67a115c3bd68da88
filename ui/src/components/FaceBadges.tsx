import { Trans } from "@lingui/react/macro";
import { IconCircleCheck, IconCircleDashed, IconSunHigh } from "@tabler/icons-react";

import { StateBadge } from "@/components/StateBadge";

/** In how many kinds of light a face is known: one is a beginning, two are what the gate needs. */
export function LightsBadge({ lights }: { lights: number }) {
  if (lights === 0) {
    return (
      <StateBadge tone="warning" icon={<IconCircleDashed />}>
        <Trans>face not known yet</Trans>
      </StateBadge>
    );
  }
  if (lights === 1) {
    return (
      <StateBadge tone="warning" icon={<IconSunHigh />}>
        <Trans>first light only</Trans>
      </StateBadge>
    );
  }
  return (
    <StateBadge tone="saved" icon={<IconCircleCheck />}>
      <Trans>two lights</Trans>
    </StateBadge>
  );
}

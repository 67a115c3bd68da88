import { Trans } from "@lingui/react/macro";
import { IconArrowBackUp, IconArrowsExchange, IconDownload, IconFlag, IconUpload } from "@tabler/icons-react";

import { StateBadge } from "@/components/StateBadge";
import type { Movement } from "@/ipc/bindings";

/** What kind of movement it was, in the colours that mean in and out everywhere. */
export function KindBadge({ movement }: { movement: Pick<Movement, "kind"> }) {
  switch (movement.kind) {
    case "receipt":
      return (
        <StateBadge tone="in" icon={<IconDownload />}>
          <Trans>In</Trans>
        </StateBadge>
      );
    case "issue":
      return (
        <StateBadge tone="out" icon={<IconUpload />}>
          <Trans>Out</Trans>
        </StateBadge>
      );
    case "transfer":
      return (
        <StateBadge tone="quiet" icon={<IconArrowsExchange />}>
          <Trans>Transfer</Trans>
        </StateBadge>
      );
    case "opening":
      return (
        <StateBadge tone="quiet" icon={<IconFlag />}>
          <Trans>Opening</Trans>
        </StateBadge>
      );
    case "reversal":
      return (
        <StateBadge tone="warning" icon={<IconArrowBackUp />}>
          <Trans>Reversal</Trans>
        </StateBadge>
      );
    default:
      return (
        <StateBadge tone="quiet" icon={<IconArrowsExchange />}>
          <Trans>Other</Trans>
        </StateBadge>
      );
  }
}

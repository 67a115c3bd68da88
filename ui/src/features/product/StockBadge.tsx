import { Trans } from "@lingui/react/macro";
import { IconArchive, IconTriangleInvertedFilled, IconX } from "@tabler/icons-react";

import { StateBadge } from "@/components/StateBadge";
import { isZero } from "@/format/quantity";
import type { ProductRow } from "@/ipc/bindings";

/** The one thing that is wrong with a product, or nothing. */
export function StockBadge({ product }: { product: Pick<ProductRow, "active" | "onHand" | "belowMinimum"> }) {
  if (!product.active) {
    return (
      <StateBadge tone="quiet" icon={<IconArchive />}>
        <Trans>not in use</Trans>
      </StateBadge>
    );
  }
  if (isZero(product.onHand)) {
    return (
      <StateBadge tone="refused" icon={<IconX />}>
        <Trans>out of stock</Trans>
      </StateBadge>
    );
  }
  if (product.belowMinimum) {
    return (
      <StateBadge tone="warning" icon={<IconTriangleInvertedFilled />}>
        <Trans>below minimum</Trans>
      </StateBadge>
    );
  }
  return null;
}

import { Trans } from "@lingui/react/macro";
import { IconAlertTriangle, IconArrowRight, IconPackage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { Code } from "@/components/Code";
import classes from "@/desk/worker/ProductCard.module.css";
import { quantity, signed } from "@/format/quantity";
import type { Card, Direction } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { TEST_IDS } from "@/testids";

interface ProductCardProps {
  card: Card;
  /** Digits that are being typed; Enter takes them. */
  entry: string | null;
  mode: Direction;
  saving: boolean;
}

/** The product in the worker's hand, and how many of it. */
export function ProductCard({ card, entry, mode, saving }: ProductCardProps) {
  const shown = entry ?? card.quantity;
  return (
    <section className={classes.card} data-testid={TEST_IDS.card} data-product={card.productId} aria-busy={saving}>
      <Picture card={card} />
      <div className={classes.text}>
        <h1 className={classes.name} data-testid={TEST_IDS.cardName}>
          {card.name}
        </h1>
        <p className={classes.facts}>
          <span>
            <Trans>SKU {card.sku}</Trans>
          </span>
          {card.code !== null && <Code>{card.code}</Code>}
          {card.category !== null && <span className={classes.category}>{card.category}</span>}
        </p>
        <div className={classes.figures}>
          <p className={classes.quantity} data-mode={mode} data-long={shown.length > 5 || undefined}>
            <strong data-testid={TEST_IDS.cardQuantity} data-typing={entry !== null || undefined}>
              {signed(shown, mode)}
            </strong>
            <span className={classes.unit}>{card.unit}</span>
          </p>
          <div className={classes.stock}>
            {card.belowMinimum && card.minStock !== null && (
              <p className={classes.low} data-testid={TEST_IDS.cardBelowMinimum}>
                <IconAlertTriangle size={18} stroke={2} aria-hidden />
                <Trans>below the minimum of {quantity(card.minStock)}</Trans>
              </p>
            )}
            <p className={classes.onHand} data-testid={TEST_IDS.cardStock}>
              <Trans>In stock</Trans> <strong>{quantity(card.onHand)}</strong>
              <IconArrowRight size={20} stroke={1.5} aria-label="→" />
              <strong>{quantity(card.after)}</strong>
            </p>
          </div>
        </div>
      </div>
    </section>
  );
}

function Picture({ card }: { card: Card }) {
  const picture = useQuery({
    queryKey: ["product", "picture", card.productId],
    queryFn: () => commands.productPicture(card.productId),
    enabled: card.hasPicture,
  });
  return (
    <div className={classes.picture}>
      {picture.data == null ? <IconPackage stroke={1.25} aria-hidden /> : <img src={picture.data} alt="" />}
    </div>
  );
}

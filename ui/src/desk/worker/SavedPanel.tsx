import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";

import classes from "@/desk/worker/MainPanel.module.css";
import { quantity } from "@/format/quantity";
import type { Card, Direction, Notice } from "@/ipc/bindings";
import { TEST_IDS } from "@/testids";

interface SavedPanelProps {
  card: Card | null;
  notice: Notice | null;
  mode: Direction;
}

/** Saved: the document, and what is left of the last product. */
export function SavedPanel({ card, notice, mode }: SavedPanelProps) {
  const { t } = useLingui();
  const number = quantity(notice?.params["number"] ?? "");
  const lineCount = Number(notice?.params["lineCount"] ?? "0");
  const figure = quantity(String(lineCount));
  const total = notice?.params["quantity"];
  const low = notice?.params["belowMinimum"];
  return (
    <section className={classes.verdict} data-tone="saved" data-testid={TEST_IDS.notice} data-code="saved" role="status">
      <IconCircleCheck className={classes.sign} stroke={1.75} aria-hidden />
      <div>
        <h1 className={classes.heading} data-testid={TEST_IDS.deskPhase} data-phase="saved">
          <Trans>Saved</Trans>
        </h1>
        <p className={classes.detail}>
          {mode === "in" ? t`Receipt № ${number}` : t`Issue № ${number}`}
          {" · "}
          <Plural value={lineCount} one={`${figure} line`} other={`${figure} lines`} />
          {total !== undefined && ` · ${quantity(total)} ${notice?.params["unit"] ?? ""}`}
        </p>
        {low !== undefined && (
          <p className={classes.appendix} data-testid={TEST_IDS.cardBelowMinimum}>
            <IconAlertTriangle size={20} stroke={2} aria-hidden />
            <Trans>Below the minimum: {low}</Trans>
          </p>
        )}
      </div>
      {card !== null && (
        <div className={classes.bottom}>
          <span className={classes.clamped} data-testid={TEST_IDS.cardName}>
            {card.name}
          </span>
          <span className={classes.left} data-testid={TEST_IDS.cardStock}>
            <Trans>
              Left <strong>{quantity(card.after)}</strong> {card.unit}
            </Trans>
          </span>
        </div>
      )}
    </section>
  );
}

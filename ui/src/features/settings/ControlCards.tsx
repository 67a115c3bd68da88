import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { CodeLabel } from "@/components/CodeLabel";
import { ErrorNotice } from "@/components/ErrorNotice";
import { Panel } from "@/components/Panel";
import classes from "@/features/settings/ControlCards.module.css";
import { controlCardsQuery } from "@/features/settings/queries";
import { SETTINGS } from "@/features/settings/testids";
import type { ControlCard } from "@/ipc/bindings";

/** The sheet of control cards: with it on the wall the scanner does everything. */
export function ControlCards() {
  const cards = useQuery(controlCardsQuery);
  return (
    <Panel
      title={<Trans>Control cards</Trans>}
      explanation={
        <Trans>Print this sheet and hang it beside the desk: a scan of a card does what the key does.</Trans>
      }
      aside={
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} />}
          onClick={() => {
            window.print();
          }}
          data-testid={SETTINGS.printCards}
        >
          <Trans>Print the sheet</Trans>
        </Button>
      }
    >
      {cards.isError && <ErrorNotice error={cards.error} onRetry={() => void cards.refetch()} />}
      <div className={classes.sheet} data-testid={SETTINGS.cards}>
        {cards.data?.map((card) => (
          <CodeLabel key={card.code} label={card} caption={<CardName card={card} />} />
        ))}
      </div>
    </Panel>
  );
}

function CardName({ card }: { card: ControlCard }) {
  const { t } = useLingui();
  switch (card.command) {
    case "in":
      return t`IN`;
    case "out":
      return t`OUT`;
    case "save":
      return t`SAVE`;
    case "cancel":
      return t`CANCEL`;
    case "quantity":
      return `× ${String(card.quantity ?? 1)}`;
  }
}

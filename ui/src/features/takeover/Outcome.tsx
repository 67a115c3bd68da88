import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { Panel } from "@/components/Panel";
import classes from "@/features/takeover/TakeoverPage.module.css";
import { TAKEOVER } from "@/features/takeover/testids";
import { quantity } from "@/format/quantity";
import type { RemarkGroup, TakeoverOutcome } from "@/ipc/bindings";

interface OutcomeProps {
  outcome: TakeoverOutcome;
  remarks: RemarkGroup[];
}

/** What comes into the warehouse, in figures: products first, then what belongs to them. */
export function Outcome({ outcome, remarks }: OutcomeProps) {
  const skipped = remarks.find(({ kind }) => kind === "skipped")?.count ?? 0;
  const changed = quantity(String(outcome.changed));
  const unchanged = quantity(String(outcome.unchanged));
  return (
    <div className={classes.figures} data-testid={TAKEOVER.verdict}>
      <Figure
        name="products"
        title={<Trans>New products</Trans>}
        count={outcome.products}
        note={
          <Trans>
            {changed} change, {unchanged} stay
          </Trans>
        }
      />
      <Figure name="balances" title={<Trans>Opening stock</Trans>} count={outcome.balances} note={<Trans>balances</Trans>} />
      <Figure name="codes" title={<Trans>New codes</Trans>} count={outcome.codes} note={<Trans>barcodes</Trans>} />
      {outcome.pictures > 0 && (
        <Figure
          name="pictures"
          title={<Trans>Pictures</Trans>}
          count={outcome.pictures}
          note={<Trans>of products that had none</Trans>}
        />
      )}
      <Figure
        name="movements"
        title={<Trans>Old movements</Trans>}
        count={outcome.movements}
        note={<Trans>to be read, not counted</Trans>}
      />
      <Figure
        name="skipped"
        title={<Trans>Not taken</Trans>}
        count={skipped}
        tone={skipped > 0 ? "warning" : undefined}
        note={skipped > 0 ? <Trans>each with its reason below</Trans> : <Trans>everything is taken</Trans>}
      />
    </div>
  );
}

interface FigureProps {
  name: string;
  title: ReactNode;
  count: number;
  note: ReactNode;
  tone?: "warning" | undefined;
}

function Figure({ name, title, count, note, tone }: FigureProps) {
  return (
    <section className={classes.figure}>
      <p className={classes.figureName}>{title}</p>
      <p className={classes.figureCount} data-tone={tone} data-testid={TAKEOVER.count(name)}>
        {quantity(String(count))}
      </p>
      <p className={classes.figureName}>{note}</p>
    </section>
  );
}

/** Who comes along: without a password, so that each is asked for a new one. */
export function NewUsers({ users }: { users: string[] }) {
  if (users.length === 0) return null;
  return (
    <Panel
      title={<Trans>Users who are asked for a new password</Trans>}
      explanation={
        <Trans>
          The old passwords do not come along. Give each a password under Users; at the first login they choose their own.
        </Trans>
      }
    >
      <ul className={classes.users} data-testid={TAKEOVER.users}>
        {users.map((login) => (
          <li key={login}>{login}</li>
        ))}
      </ul>
    </Panel>
  );
}

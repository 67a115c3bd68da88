import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconArrowRight, IconHourglass, IconInfoCircle, IconScan } from "@tabler/icons-react";

import { StateBadge } from "@/components/StateBadge";
import classes from "@/desk/worker/LinesPanel.module.css";
import { quantity } from "@/format/quantity";
import type { DeskLine, DeskState, Notice } from "@/ipc/bindings";
import { noticeWording } from "@/ipc/notices";
import { TEST_IDS } from "@/testids";

interface LinesPanelProps {
  state: DeskState;
  onTake: (index: number) => void;
}

/** What is gathered, newest first; after a document is saved, room for the next one. */
export function LinesPanel({ state, onTake }: LinesPanelProps) {
  const { lines, phase, notice } = state;
  if (lines.length === 0) {
    return (
      <section className={classes.next}>
        <IconScan size={44} stroke={1.5} aria-hidden />
        <Trans>Scan the next code</Trans>
      </section>
    );
  }
  const isSaidElsewhere = phase === "refused" || phase === "saved" || notice?.code === "lookAtCamera";
  const said = isSaidElsewhere ? null : notice;
  return (
    <section className={classes.panel} data-testid={TEST_IDS.lines}>
      {said === null ? <Head state={state} /> : <Said notice={said} />}
      <ol className={classes.rows}>
        {lines.map((line) => (
          <Row key={line.index} line={line} onTake={onTake} />
        ))}
      </ol>
    </section>
  );
}

function Head({ state }: { state: DeskState }) {
  const { mode, phase, lines, totalQuantity, unitSymbol } = state;
  const count = lines.length;
  const figure = quantity(String(count));
  return (
    <header className={classes.head}>
      <h2 className={classes.title}>{mode === "in" ? <Trans>New receipt</Trans> : <Trans>New issue</Trans>}</h2>
      {phase === "face" && (
        <StateBadge tone="warning" icon={<IconHourglass />}>
          <Trans>waits for a face</Trans>
        </StateBadge>
      )}
      <span className={classes.total} data-testid={TEST_IDS.linesTotal}>
        <Plural value={count} one={`${figure} line`} other={`${figure} lines`} />
        {unitSymbol !== null && ` · ${quantity(totalQuantity)} ${unitSymbol}`}
      </span>
    </header>
  );
}

/** What just happened, in the place of the head: nothing pops over and nothing moves. */
function Said({ notice }: { notice: Notice }) {
  const { t } = useLingui();
  const wording = noticeWording(notice.code);
  const Icon = notice.kind === "info" ? IconInfoCircle : IconAlertTriangle;
  return (
    <header
      className={classes.head}
      data-kind={notice.kind}
      role="status"
      data-testid={TEST_IDS.notice}
      data-code={notice.code}
    >
      <h2 className={classes.title}>
        <Icon size={20} stroke={2} aria-hidden />
        <span data-testid={TEST_IDS.noticeTitle}>{t(wording.title)}</span>
      </h2>
      {wording.next !== null && <span className={classes.advice}>{t(wording.next)}</span>}
    </header>
  );
}

function Row({ line, onTake }: { line: DeskLine; onTake: (index: number) => void }) {
  const { t } = useLingui();
  const { name } = line;
  return (
    <li className={classes.row} data-testid={TEST_IDS.line(line.index)}>
      <span className={classes.index}>{line.index}</span>
      <span className={classes.name}>{name}</span>
      <span className={classes.change}>
        {quantity(line.before)}
        <IconArrowRight size={16} stroke={1.5} aria-label="→" />
        {quantity(line.after)}
      </span>
      <strong className={classes.quantity}>
        {quantity(line.quantity)} {line.unit}
      </strong>
      <button
        type="button"
        tabIndex={-1}
        className={classes.take}
        aria-label={t`Take out: ${name}`}
        onClick={() => {
          onTake(line.index);
        }}
      />
    </li>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertOctagon } from "@tabler/icons-react";
import { useLocation } from "wouter";

import { Code } from "@/components/Code";
import classes from "@/desk/worker/MainPanel.module.css";
import { quantity } from "@/format/quantity";
import type { DeskState, ErrorCode, Notice } from "@/ipc/bindings";
import { wordingOf, type Wording } from "@/ipc/errors";
import { noticeWording } from "@/ipc/notices";
import { TEST_IDS } from "@/testids";

/** Refused: what, why with the numbers, and what to do next. */
export function RefusedPanel({ state }: { state: DeskState }) {
  const { t } = useLingui();
  const [, navigate] = useLocation();
  const { notice, unknownCode } = state;
  const wording = noticeWording(notice?.code ?? "error");
  const failure = failureOf(notice);
  const next = failure?.next ?? wording.next;
  return (
    <section
      className={classes.verdict}
      data-tone="refused"
      data-testid={TEST_IDS.notice}
      data-code={notice?.code}
      role="alert"
    >
      <IconAlertOctagon className={classes.sign} stroke={1.75} aria-hidden />
      <div>
        <h1 className={classes.heading}>
          <span data-testid={TEST_IDS.deskPhase} data-phase="refused">
            <span data-testid={TEST_IDS.noticeTitle}>{t(wording.title)}</span>
          </span>
        </h1>
        {failure !== null && <p className={classes.detail}>{t(failure.text)}</p>}
        {failure === null && notice !== null && <Detail notice={notice} />}
      </div>
      <div className={classes.bottom} data-small>
        <span data-testid={TEST_IDS.noticeNext}>{next !== null && t(next)}</span>
        {state.canCreateProduct && unknownCode !== null && (
          <button
            type="button"
            tabIndex={-1}
            className={classes.offer}
            onClick={() => {
              navigate(`/products/new?code=${encodeURIComponent(unknownCode)}`);
            }}
            data-testid={TEST_IDS.createProduct}
          >
            <Trans>Create the product</Trans>
          </button>
        )}
      </div>
    </section>
  );
}

/** An error of the desk says itself what happened and what to do; its code stands in the parameters. */
function failureOf(notice: Notice | null): Wording | null {
  const code = notice?.code === "error" ? notice.params["code"] : undefined;
  return code === undefined ? null : wordingOf(code as ErrorCode, notice?.params);
}

/** The lines that fell short, the code that nobody knows, the product that is not used. */
function Detail({ notice }: { notice: Notice }) {
  const [first, ...others] = notice.lines;
  if (first !== undefined) {
    const { name, unit } = first;
    const wanted = quantity(first.wanted);
    const available = quantity(first.available);
    const more = others.length;
    return (
      <p className={classes.detail}>
        <Trans>
          {name}: asked for {wanted}, there are {available} {unit}.
        </Trans>
        {more > 0 && ` +${String(more)}`}
      </p>
    );
  }
  const { code, name } = notice.params;
  const about = name ?? (code === undefined ? undefined : <Code>{code}</Code>);
  return about === undefined ? null : <p className={classes.detail}>{about}</p>;
}

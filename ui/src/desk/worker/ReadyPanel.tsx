import { Trans, useLingui } from "@lingui/react/macro";
import { IconScan } from "@tabler/icons-react";

import classes from "@/desk/worker/MainPanel.module.css";
import type { Notice } from "@/ipc/bindings";
import { noticeWording } from "@/ipc/notices";
import { TEST_IDS } from "@/testids";

/** Nothing is gathered: one instruction, and what just happened in its place below. */
export function ReadyPanel({ notice }: { notice: Notice | null }) {
  const { t } = useLingui();
  const wording = notice === null ? null : noticeWording(notice.code);
  return (
    <section className={classes.ready}>
      <IconScan stroke={1.25} aria-hidden />
      <h1 className={classes.heading} data-testid={TEST_IDS.deskPhase} data-phase="ready">
        <Trans>Scan a code</Trans>
      </h1>
      {wording === null ? (
        <p className={classes.sub}>
          <Trans>A product's QR or bar code. There is no need to type.</Trans>
        </p>
      ) : (
        <p className={classes.sub} role="status" data-testid={TEST_IDS.notice} data-code={notice?.code}>
          <span data-testid={TEST_IDS.noticeTitle}>{t(wording.title)}</span>
          {wording.next !== null && `. ${t(wording.next)}`}
        </p>
      )}
    </section>
  );
}

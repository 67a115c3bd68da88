import { Trans, useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconShieldCheck } from "@tabler/icons-react";

import { Panel } from "@/components/Panel";
import { Ago } from "@/features/backup/Ago";
import classes from "@/features/backup/BackupPage.module.css";
import { BACKUP } from "@/features/backup/testids";
import { dateTime } from "@/format/date";
import type { BackupOverview } from "@/ipc/bindings";
import { wordingOf } from "@/ipc/errors";

/** The one thing to know: how old the last backup is that was tried, and what went wrong since. */
export function NewestPanel({ overview }: { overview: BackupOverview }) {
  const { t } = useLingui();
  const { health } = overview;
  const newest = overview.backups.find((backup) => backup.own && !backup.broughtBack);
  // The journal's own panel tells what keeps it from being kept.
  const failure = health.failure === "journalStopped" ? null : health.failure;
  const isWell = newest !== undefined && (health.state === "ok" || (health.state === "warning" && failure !== health.failure));
  const Sign = isWell ? IconShieldCheck : IconAlertTriangle;
  const next = dateTime(overview.nextAt);
  return (
    <Panel>
      <div className={classes.newest} data-tone={isWell ? "saved" : "warning"} data-testid={BACKUP.newest}>
        <Sign size={32} stroke={1.75} aria-hidden />
        <div>
          <p className={classes.verdict}>
            {newest === undefined ? (
              <Trans>There is no verified backup yet</Trans>
            ) : (
              <Trans>
                Last verified backup: <Ago at={newest.verifiedAt} />
              </Trans>
            )}
          </p>
          <p className={classes.quiet}>
            <Trans>Verified: it was brought back beside the warehouse and every table was compared. Next one: {next}.</Trans>
          </p>
          {failure !== null && (
            <p className={classes.failure}>
              <Trans>The last try did not succeed.</Trans> {t(wordingOf(failure).text)} {t(wordingOf(failure).next)}
            </p>
          )}
        </div>
      </div>
    </Panel>
  );
}

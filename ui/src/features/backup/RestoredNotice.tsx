import { Trans } from "@lingui/react/macro";
import { IconRestore } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import classes from "@/features/backup/BackupPage.module.css";
import { LostText } from "@/features/backup/LossText";
import { BACKUP } from "@/features/backup/testids";
import { dateTime } from "@/format/date";
import type { RestoreOutcome } from "@/ipc/bindings";
import { commands } from "@/ipc/client";

/** What the restore did that ended the last session; null when none did. */
export function useRestoreOutcome(): RestoreOutcome | null {
  const outcome = useQuery({
    queryKey: ["restoreOutcome"],
    queryFn: () => commands.restoreOutcome(),
    staleTime: 0,
    gcTime: 0,
  });
  return outcome.data ?? null;
}

/** At the login, after everybody was logged out by a restore: what it did. */
export function RestoredNotice({ outcome }: { outcome: RestoreOutcome }) {
  const taken = dateTime(outcome.takenAt);
  const { safety } = outcome;
  return (
    <div className={classes.restored} role="status" data-testid={BACKUP.outcome}>
      <IconRestore size={24} stroke={1.75} aria-hidden />
      <div>
        <p className={classes.verdict}>
          <Trans>The warehouse is as it was on {taken}.</Trans>
        </p>
        <p>
          <LostText movements={outcome.movements} />{" "}
          <Trans>What was there before lies in the backup {safety}. Log in again.</Trans>
        </p>
      </div>
    </div>
  );
}

import { Button, Group } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconAlertTriangle, IconHistory, IconShieldCheck } from "@tabler/icons-react";
import { useState } from "react";

import { ErrorNotice } from "@/components/ErrorNotice";
import { Ago } from "@/features/backup/Ago";
import classes from "@/features/backup/BackupPage.module.css";
import { MomentDialog } from "@/features/backup/MomentDialog";
import { useCopyForJournal } from "@/features/backup/queries";
import { JOURNAL } from "@/features/backup/testids";
import { dateTimeIn } from "@/format/zone";
import type { JournalState } from "@/ipc/bindings";

/** What is kept: between which moments there is a way back, how fresh it is, what is wrong with it, and the acts. */
export function JournalReport({ state, busy }: { state: JournalState; busy: boolean }) {
  const copy = useCopyForJournal();
  const [goingBack, setGoingBack] = useState(false);
  const { reach, isStopped, zone } = state;
  const isWell = reach !== null && !reach.hasGap && !isStopped;
  const Sign = isWell ? IconShieldCheck : IconAlertTriangle;
  return (
    <>
      <div className={classes.journal} data-tone={isWell ? "saved" : "warning"} role="status" data-testid={JOURNAL.verdict}>
        <Sign size={28} stroke={1.75} aria-hidden />
        <div>
          <Reach state={state} />
          <Trouble state={state} />
        </div>
      </div>
      <dl className={classes.facts}>
        {reach !== null && (
          <>
            <dt>
              <Trans>Newest change kept</Trans>
            </dt>
            <dd>
              <Ago at={reach.until} />
            </dd>
          </>
        )}
        {state.copiedAt !== null && (
          <>
            <dt>
              <Trans>Last full copy</Trans>
            </dt>
            <dd>{dateTimeIn(zone, state.copiedAt)}</dd>
          </>
        )}
        <dt>
          <Trans>Folder</Trans>
        </dt>
        <dd>{state.folder}</dd>
      </dl>
      {copy.isError && <ErrorNotice error={copy.error} />}
      <Group gap={12} mt={16}>
        <Button
          variant="default"
          leftSection={<IconHistory size={20} />}
          disabled={busy || reach === null}
          onClick={() => {
            setGoingBack(true);
          }}
          data-testid={JOURNAL.goBack}
        >
          <Trans>Back to a moment…</Trans>
        </Button>
        <Button
          variant={isWell || isStopped ? "subtle" : "filled"}
          disabled={busy || isStopped}
          loading={copy.isPending}
          onClick={() => {
            copy.mutate(undefined);
          }}
          data-testid={JOURNAL.copy}
        >
          <Trans>Copy everything now</Trans>
        </Button>
      </Group>
      {goingBack && (
        <MomentDialog
          state={state}
          onClose={() => {
            setGoingBack(false);
          }}
        />
      )}
    </>
  );
}

function Reach({ state: { reach, zone } }: { state: JournalState }) {
  if (reach === null) {
    return (
      <p className={classes.reach}>
        <Trans>No moment can be brought back yet</Trans>
      </p>
    );
  }
  const since = dateTimeIn(zone, reach.since);
  const until = dateTimeIn(zone, reach.until);
  return (
    <p className={classes.reach}>
      <Trans>
        Every moment between {since} and {until} can be brought back
      </Trans>
    </p>
  );
}

function Trouble({ state: { reach, isStopped } }: { state: JournalState }) {
  if (isStopped) {
    return (
      <p className={classes.failure}>
        <Trans>The newest changes are not being kept. Plug the disk in, and look whether it has room.</Trans>
      </p>
    );
  }
  if (reach === null) {
    return (
      <p className={classes.quiet}>
        <Trans>That begins with the first full copy.</Trans>
      </p>
    );
  }
  if (reach.hasGap) {
    return (
      <p className={classes.failure}>
        <Trans>A part of what came after that is missing. From the next full copy on every moment can be brought back again.</Trans>
      </p>
    );
  }
  return (
    <p className={classes.quiet}>
      <Trans>A change is kept within a minute. Once a day everything is copied anew by itself.</Trans>
    </p>
  );
}

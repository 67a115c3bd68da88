import { Switch } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ErrorNotice } from "@/components/ErrorNotice";
import { Panel } from "@/components/Panel";
import { JournalReport } from "@/features/backup/JournalReport";
import { KeepDialog } from "@/features/backup/KeepDialog";
import { LeaveDialog } from "@/features/backup/LeaveDialog";
import { journalQuery } from "@/features/backup/queries";
import { JOURNAL } from "@/features/backup/testids";
import type { Journal } from "@/ipc/bindings";

/** Back to any moment: on and off, how far it reaches, and the way back. */
export function JournalPanel({ busy }: { busy: boolean }) {
  const journal = useQuery(journalQuery);
  const title = <Trans>Back to any moment</Trans>;
  if (journal.isError) {
    return (
      <Panel title={title}>
        <ErrorNotice error={journal.error} onRetry={() => void journal.refetch()} />
      </Panel>
    );
  }
  if (journal.data === undefined) return null;
  if (journal.data.kind === "elsewhere") {
    return (
      <Panel
        title={title}
        explanation={
          <Trans>
            The data lies on another server. Keeping every change is that server's own affair, for instance with pgBackRest: ask
            whoever looks after it.
          </Trans>
        }
      >
        {null}
      </Panel>
    );
  }
  return <OwnJournal journal={journal.data} busy={busy} />;
}

function OwnJournal({ journal, busy }: { journal: Exclude<Journal, { kind: "elsewhere" }>; busy: boolean }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState(false);
  const close = () => {
    setAsked(false);
  };
  return (
    <Panel
      title={<Trans>Back to any moment</Trans>}
      aside={
        <Switch
          label={t`Keep every minute`}
          labelPosition="left"
          checked={journal.kind === "on"}
          disabled={busy}
          onChange={() => {
            setAsked(true);
          }}
          data-testid={JOURNAL.keep}
        />
      }
      explanation={
        journal.kind === "off" ? (
          <Trans>
            Every change is kept, at most a minute late. After a mistake everything can be as it was just before it; if this disk
            breaks, at most the last minute is lost.
          </Trans>
        ) : undefined
      }
    >
      {journal.kind === "on" && <JournalReport state={journal.state} busy={busy} />}
      {asked && journal.kind === "off" && <KeepDialog folder={journal.folder} disks={journal.disks} onClose={close} />}
      {asked && journal.kind === "on" && <LeaveDialog folder={journal.state.folder} onClose={close} />}
    </Panel>
  );
}

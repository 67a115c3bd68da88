import { Button, Loader } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconCheck, IconPoint } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";

import { Panel } from "@/components/Panel";
import classes from "@/features/backup/BackupPage.module.css";
import { fileSize } from "@/features/backup/size";
import { KIND_TEXTS, shownSteps, type ShownStep } from "@/features/backup/steps";
import { BACKUP } from "@/features/backup/testids";
import { quantity } from "@/format/quantity";
import type { BackupWork } from "@/ipc/bindings";
import { commands } from "@/ipc/client";

/** Work on backups as it goes: which step, how much, and the way out. */
export function WorkPanel({ work }: { work: BackupWork }) {
  const { t } = useLingui();
  const cancel = useMutation({ mutationFn: () => commands.cancelBackup() });
  const [amount, unit] = work.bytes === null ? [null, null] : fileSize(work.bytes);
  return (
    <Panel
      title={t(KIND_TEXTS[work.kind])}
      aside={
        work.step !== "exchanging" && (
          <Button
            variant="default"
            loading={cancel.isPending || cancel.isSuccess}
            onClick={() => {
              cancel.mutate();
            }}
            data-testid={BACKUP.cancel}
          >
            <Trans>Stop</Trans>
          </Button>
        )
      }
    >
      <ol className={classes.steps} role="status" data-testid={BACKUP.work}>
        {shownSteps(work).map(({ key, text, state }) => (
          <li key={key} data-state={state}>
            <StepSign state={state} />
            <span>{t(text)}</span>
            {state === "now" && amount !== null && (
              <span className={classes.bytes}>
                {quantity(amount)} {unit}
              </span>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function StepSign({ state }: { state: ShownStep["state"] }) {
  if (state === "done") return <IconCheck size={18} aria-hidden />;
  if (state === "now") return <Loader size={16} />;
  return <IconPoint size={18} aria-hidden />;
}

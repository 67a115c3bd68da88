import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Progress } from "@mantine/core";

import { Panel } from "@/components/Panel";
import { useCancel } from "@/features/takeover/queries";
import classes from "@/features/takeover/TakeoverPage.module.css";
import { TAKEOVER } from "@/features/takeover/testids";
import { quantity } from "@/format/quantity";
import type { TakeoverStep, TakeoverWork } from "@/ipc/bindings";

const STEPS: Readonly<Record<TakeoverStep, MessageDescriptor>> = {
  reading: msg`The old data are being read`,
  trying: msg`It is being tried out what would change`,
  writing: msg`The old data are being taken over`,
};

/** Work on old data as it goes: which step, how much of it, and the way out. */
export function WorkPanel({ work }: { work: TakeoverWork }) {
  const { t } = useLingui();
  const cancel = useCancel();
  const done = quantity(String(work.done));
  const of = quantity(String(work.of ?? 0));
  return (
    <Panel
      title={t(STEPS[work.step])}
      explanation={<Trans>It is written whole or not at all. The desk works on meanwhile.</Trans>}
      aside={
        <Button
          variant="default"
          loading={cancel.isPending || cancel.isSuccess}
          onClick={() => {
            cancel.mutate();
          }}
          data-testid={TAKEOVER.cancel}
        >
          <Trans>Stop</Trans>
        </Button>
      }
    >
      <div className={classes.work} role="status" data-testid={TAKEOVER.work}>
        <Progress
          value={work.of === null ? 100 : (work.done * 100) / work.of}
          striped={work.of === null}
          animated={work.of === null}
          size="lg"
          aria-label={t(STEPS[work.step])}
        />
        <span>{work.of === null ? <Trans>{done} records</Trans> : <Trans>{done} of {of} rows</Trans>}</span>
      </div>
    </Panel>
  );
}

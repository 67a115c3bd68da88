import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { IconCircleCheck, IconDatabaseImport, IconFiles, IconFolder } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { Page } from "@/components/Page";
import { Panel } from "@/components/Panel";
import { SaveListMenu } from "@/components/SaveListMenu";
import { formatName } from "@/features/takeover/fields";
import { MappingPanel } from "@/features/takeover/MappingPanel";
import { NewUsers, Outcome } from "@/features/takeover/Outcome";
import { chooseOld, usePreview, useTakeOver, useTakeoverWork } from "@/features/takeover/queries";
import { RemarkPanels } from "@/features/takeover/RemarkPanels";
import { openSentences } from "@/features/takeover/remarks";
import { SamplePanel } from "@/features/takeover/SamplePanel";
import classes from "@/features/takeover/TakeoverPage.module.css";
import { TAKEOVER } from "@/features/takeover/testids";
import { WorkPanel } from "@/features/takeover/WorkPanel";
import { quantity } from "@/format/quantity";
import type { ColumnCorrection, TakeoverOrder, TakeoverPreview } from "@/ipc/bindings";

const NOTHING: TakeoverOrder = { paths: [], corrections: [] };

/** Moves in: what an old program kept is read, shown, put right by hand, and written whole or not at all. */
export function TakeoverPage() {
  const [order, setOrder] = useState(NOTHING);
  const preview = usePreview();
  const takeOver = useTakeOver();
  const work = useTakeoverWork();
  const look = (wanted: TakeoverOrder) => {
    takeOver.reset();
    setOrder(wanted);
    preview.mutate(wanted);
  };
  const choose = useMutation({
    mutationFn: chooseOld,
    onSuccess: (paths) => {
      if (paths.length > 0) look({ paths, corrections: [] });
    },
  });
  const leave = () => {
    takeOver.reset();
    preview.reset();
    setOrder(NOTHING);
  };
  const correct = (correction: ColumnCorrection) => {
    const others = order.corrections.filter(({ part, column }) => part !== correction.part || column !== correction.column);
    look({ ...order, corrections: [...others, correction] });
  };
  const busy = work !== null || preview.isPending || takeOver.isPending;
  const shown = takeOver.isSuccess ? undefined : preview.data;
  return (
    <Page
      title={<Trans>Old data</Trans>}
      actions={
        shown !== undefined && (
          <Acts
            busy={busy}
            onLeave={leave}
            onTakeOver={() => {
              takeOver.mutate();
            }}
          />
        )
      }
    >
      {choose.isError && <ErrorNotice error={choose.error} />}
      {preview.isError && <ErrorNotice error={preview.error} />}
      {takeOver.isError && <ErrorNotice error={takeOver.error} />}
      {work !== null && <WorkPanel work={work} />}
      {takeOver.isSuccess && (
        <>
          <Done onMore={leave} />
          <Outcome {...takeOver.data} />
          <NewUsers users={takeOver.data.outcome.users} />
          <RemarkPanels remarks={takeOver.data.remarks} />
        </>
      )}
      {shown !== undefined && <Preview preview={shown} order={order} busy={busy} onCorrect={correct} />}
      {shown === undefined && !takeOver.isSuccess && work === null && (
        <Choice busy={busy || choose.isPending} onChoose={choose.mutate} />
      )}
    </Page>
  );
}

function Acts({ busy, onLeave, onTakeOver }: { busy: boolean; onLeave: () => void; onTakeOver: () => void }) {
  return (
    <>
      <ReportMenu />
      <Button variant="default" disabled={busy} onClick={onLeave} data-testid={TAKEOVER.leave}>
        <Trans>Choose others</Trans>
      </Button>
      <Button
        leftSection={<IconDatabaseImport size={20} />}
        disabled={busy}
        onClick={onTakeOver}
        data-testid={TAKEOVER.write}
      >
        <Trans>Take over</Trans>
      </Button>
    </>
  );
}

function ReportMenu() {
  const { t } = useLingui();
  return (
    <SaveListMenu
      list={{ kind: "takeoverReport" }}
      title={t`Report of old data`}
      fields={["kind", "part", "row", "remark"]}
      words={openSentences()}
    />
  );
}

function Choice({ busy, onChoose }: { busy: boolean; onChoose: (what: "files" | "folder") => void }) {
  return (
    <Panel>
      <EmptyState
        icon={<IconDatabaseImport />}
        title={<Trans>Bring your products, stock and people along</Trans>}
        text={
          <Trans>
            The database of an old program (SQLite), lists in Excel or CSV, import.xml and offers.xml of 1C. First you see what
            would be taken; nothing is written before you say so.
          </Trans>
        }
        action={
          <Group gap={12}>
            <Button
              leftSection={<IconFiles size={20} />}
              disabled={busy}
              onClick={() => {
                onChoose("files");
              }}
              data-testid={TAKEOVER.files}
            >
              <Trans>Choose files</Trans>
            </Button>
            <Button
              variant="default"
              leftSection={<IconFolder size={20} />}
              disabled={busy}
              onClick={() => {
                onChoose("folder");
              }}
              data-testid={TAKEOVER.folder}
            >
              <Trans>Choose a folder</Trans>
            </Button>
          </Group>
        }
      />
    </Panel>
  );
}

interface PreviewProps {
  preview: TakeoverPreview;
  order: TakeoverOrder;
  busy: boolean;
  onCorrect: (correction: ColumnCorrection) => void;
}

function Preview({ preview, order, busy, onCorrect }: PreviewProps) {
  const records = quantity(String(preview.counts.records));
  const formats = preview.formats.map(formatName).join(" + ");
  const names = order.paths.map((path) => path.split(/[/\\]/).at(-1)).join(", ");
  return (
    <>
      <p className={classes.what}>
        <strong>{names}</strong>
        <span>
          <Trans>
            {formats}, {records} records read. Nothing is written yet.
          </Trans>
        </span>
      </p>
      <Outcome {...preview} />
      <div className={classes.columns}>
        <SamplePanel sample={preview.sample} />
        {preview.columns.length > 0 && <MappingPanel columns={preview.columns} busy={busy} onCorrect={onCorrect} />}
      </div>
      <NewUsers users={preview.outcome.users} />
      <RemarkPanels remarks={preview.remarks} />
    </>
  );
}

function Done({ onMore }: { onMore: () => void }) {
  return (
    <div className={classes.done} role="status" data-testid={TAKEOVER.done}>
      <IconCircleCheck size={28} stroke={1.75} aria-hidden />
      <p>
        <Trans>The old data are in the warehouse</Trans>
      </p>
      <ReportMenu />
      <Button variant="default" onClick={onMore} data-testid={TAKEOVER.leave}>
        <Trans>Take over more</Trans>
      </Button>
    </div>
  );
}

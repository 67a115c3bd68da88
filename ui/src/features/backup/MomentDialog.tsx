import { Group, Modal, Skeleton, TextInput } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconClockHour4, IconPlayerSkipForward } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ChoiceCards } from "@/components/ChoiceCards";
import { ErrorNotice } from "@/components/ErrorNotice";
import classes from "@/features/backup/BackupPage.module.css";
import { boundsOf, namedMoment, type Bounds, type Named } from "@/features/backup/moment";
import { momentWeightQuery, useBackupWork, useRestoreMoment } from "@/features/backup/queries";
import { RestoreForm } from "@/features/backup/RestoreForm";
import { JOURNAL } from "@/features/backup/testids";
import { WorkPanel } from "@/features/backup/WorkPanel";
import { typedDay } from "@/format/day";
import { dateTimeIn, dayIn, exactTimeIn } from "@/format/zone";
import type { JournalState } from "@/ipc/bindings";

type Way = "moment" | "last";

interface MomentDialogProps {
  state: JournalState;
  onClose: () => void;
}

/** Goes back to a moment: it is named first, then what it loses is said, then it is confirmed like any restore. */
export function MomentDialog({ state, onClose }: MomentDialogProps) {
  const { t } = useLingui();
  const { zone } = state;
  const [bounds] = useState(() => boundsOf(state, new Date()));
  const [way, setWay] = useState<Way>("moment");
  const [day, setDay] = useState(() => typedDay(dayIn(zone, bounds?.until ?? new Date())));
  const [time, setTime] = useState("");
  const restore = useRestoreMoment();
  const work = useBackupWork();
  const busy = restore.isPending;
  const named: Named = bounds === null ? { kind: "none" } : namedMoment(zone, day, time, bounds);
  const at = named.kind === "moment" ? named.at : null;
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={!busy}
      withCloseButton={!busy}
      title={<Trans>Back to a moment</Trans>}
      size="lg"
      centered
      data-testid={JOURNAL.dialog}
    >
      {restore.isError && <ErrorNotice error={restore.error} />}
      {busy && work !== null && <WorkPanel work={work} />}
      {!busy && (
        <>
          <ChoiceCards<Way>
            label={t`To which moment`}
            columns={2}
            value={way}
            onChange={setWay}
            testId={JOURNAL.way}
            choices={[
              {
                value: "moment",
                icon: <IconClockHour4 />,
                title: <Trans>A moment that I name</Trans>,
                text: <Trans>After a mistake: to just before it.</Trans>,
              },
              {
                value: "last",
                icon: <IconPlayerSkipForward />,
                title: <Trans>The last minute</Trans>,
                text: <Trans>If the data itself is damaged: everything that was kept.</Trans>,
              },
            ]}
          />
          {way === "moment" && bounds !== null && (
            <MomentFields {...{ zone, bounds, day, time, named }} onDay={setDay} onTime={setTime} />
          )}
        </>
      )}
      {(way === "last" || at !== null) && (
        <Weighed
          key={way === "last" ? "last" : at}
          at={way === "last" ? null : at}
          zone={zone}
          restore={restore}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

interface MomentFieldsProps {
  zone: string;
  bounds: Bounds;
  day: string;
  time: string;
  named: Named;
  onDay: (day: string) => void;
  onTime: (time: string) => void;
}

function MomentFields({ zone, bounds, day, time, named, onDay, onTime }: MomentFieldsProps) {
  const { t } = useLingui();
  const since = exactTimeIn(zone, bounds.since);
  const until = exactTimeIn(zone, bounds.until);
  return (
    <>
      <Group gap={12} mt={16} align="flex-start" wrap="nowrap">
        <TextInput
          value={day}
          label={<Trans>Day</Trans>}
          placeholder={t`dd.mm.yyyy`}
          onChange={(event) => {
            onDay(event.currentTarget.value);
          }}
          data-testid={JOURNAL.day}
        />
        <TextInput
          value={time}
          label={<Trans>Time</Trans>}
          placeholder={t`hh:mm`}
          onChange={(event) => {
            onTime(event.currentTarget.value);
          }}
          data-autofocus
          data-testid={JOURNAL.time}
        />
      </Group>
      <p
        className={classes.bounds}
        data-wrong={named.kind === "outside" || named.kind === "unreadable" || undefined}
        role="status"
        data-testid={JOURNAL.bounds}
      >
        {named.kind === "unreadable" ? (
          <Trans>A day such as 21.11.2026 and a time such as 14:26 or 14:26:30.</Trans>
        ) : (
          <Trans>
            Between {since} and {until}, by the warehouse's clock.
          </Trans>
        )}
      </p>
    </>
  );
}

interface WeighedProps {
  at: string | null;
  zone: string;
  restore: ReturnType<typeof useRestoreMoment>;
  onClose: () => void;
}

/** What a moment loses, and the confirmation. */
function Weighed({ at, zone, restore, onClose }: WeighedProps) {
  const weight = useQuery(momentWeightQuery(at));
  if (weight.isError) return <ErrorNotice error={weight.error} onRetry={() => void weight.refetch()} />;
  if (weight.data === undefined) return <Skeleton height={120} mt={16} />;
  return (
    <div className={classes.weighed}>
      <RestoreForm
        weight={{ ...weight.data, since: weight.data.after === null ? null : dateTimeIn(zone, weight.data.after) }}
        busy={restore.isPending}
        onSubmit={(typed, onError) => {
          restore.mutate({ at, ...typed }, { onError });
        }}
        onClose={onClose}
      >
        <Trans>
          What is there now is backed up first. Then everything is as it was at that moment: stock, history, people, faces,
          passwords. Everybody is logged out.
        </Trans>
      </RestoreForm>
    </div>
  );
}

import { useLingui } from "@lingui/react/macro";
import { IconAlertOctagonFilled, IconAlertTriangleFilled } from "@tabler/icons-react";

import classes from "@/desk/worker/TopBar.module.css";
import { clock, dayAndMonth, isToday } from "@/format/date";
import type { HealthState, StationHealth } from "@/ipc/bindings";
import { wordingOf } from "@/ipc/errors";
import { TEST_IDS } from "@/testids";

interface Part {
  name: string;
  state: HealthState;
  label: string;
  /** What it means, and what to do when it is not well. */
  advice: string;
}

/** How the scanner, the camera, the database, the sound and the backup are; nothing before it was ever asked. */
export function HealthDots({ health }: { health: StationHealth | null }) {
  const parts = useParts(health);
  return (
    <ul className={classes.health}>
      {parts.map(({ name, state, label, advice }) => (
        <li key={name} className={classes.part} data-state={state} title={advice} data-testid={TEST_IDS.health(name)}>
          <Sign state={state} />
          <span className={classes.label}>{label}</span>
        </li>
      ))}
    </ul>
  );
}

function Sign({ state }: { state: HealthState }) {
  if (state === "failed") return <IconAlertOctagonFilled aria-hidden />;
  if (state === "warning") return <IconAlertTriangleFilled aria-hidden />;
  return <span className={classes.dot} />;
}

function useParts(health: StationHealth | null): Part[] {
  const { t } = useLingui();
  if (health === null) return [];
  const { scanner, camera, database, sound, backup } = health;
  const well = (state: HealthState) => state === "ok" || state === "idle";
  const taken = backup.lastAt;
  const when = taken === null ? null : isToday(taken) ? t`today ${clock(taken)}` : dayAndMonth(taken);
  const backupWords = () => {
    if (backup.elsewhere) return { label: t`Backup: elsewhere`, advice: t`Another desk or server makes the backups.` };
    const label = when === null ? t`No backup` : t`Backup: ${when}`;
    if (backup.failure !== null) {
      const { text, next } = wordingOf(backup.failure);
      return { label, advice: `${t(text)} ${t(next)}` };
    }
    return { label, advice: well(backup.state) ? t`The backup is fresh.` : t`Ask the Admin to take a backup.` };
  };
  return [
    {
      name: "scanner",
      state: scanner.state,
      label: t`Scanner`,
      advice:
        scanner.lastScanAt === null
          ? t`Nothing has been scanned yet since the start.`
          : t`Last scan at ${clock(scanner.lastScanAt)}.`,
    },
    {
      name: "camera",
      state: camera.state,
      label: t`Camera`,
      advice: well(camera.state) ? (camera.name ?? t`The camera works.`) : t`The camera does not answer: check its cable.`,
    },
    {
      name: "database",
      state: database.state,
      label: t`Database`,
      advice: well(database.state)
        ? t`What is saved is on the disk.`
        : t`The database does not answer: wait a little, then open Ombor again.`,
    },
    {
      name: "sound",
      state: sound.state,
      label: t`Sound`,
      advice: well(sound.state) ? t`The sound works.` : t`There is no sound: check the loudspeaker. The screen says everything too.`,
    },
    {
      name: "backup",
      state: backup.state,
      ...backupWords(),
    },
  ];
}

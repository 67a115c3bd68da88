import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { BackupSettings, BackupWork, MomentOrder, RestoreOrder } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { useDeskEvent } from "@/ipc/events";

export const overviewQuery = queryOptions({
  queryKey: ["backup", "overview"],
  queryFn: () => commands.backupOverview(),
});

/** How old the last kept change is grows by itself. */
export const journalQuery = queryOptions({
  queryKey: ["backup", "journal"],
  queryFn: () => commands.journal(),
  refetchInterval: 30_000,
});

const workQuery = queryOptions({
  queryKey: ["backupWork"],
  queryFn: () => commands.backupWork(),
  staleTime: 0,
});

export const lineageQuery = queryOptions({
  queryKey: ["backup", "lineage"],
  queryFn: () => commands.lineageNotice(),
});

/** Asked for anew each time: what a restore loses grows with every movement. */
export const weightQuery = (name: string) =>
  queryOptions({
    queryKey: ["restoreWeight", name],
    queryFn: () => commands.weighRestore(name),
    staleTime: 0,
    gcTime: 0,
  });

/** The same of a moment; null means the last one that there is. */
export const momentWeightQuery = (at: string | null) =>
  queryOptions({
    queryKey: ["momentWeight", at],
    queryFn: () => commands.weighMoment(at),
    staleTime: 0,
    gcTime: 0,
  });

/** What is being done with backups at this desk, by whomever; null when nothing is. */
export function useBackupWork(): BackupWork | null {
  const client = useQueryClient();
  const work = useQuery(workQuery);
  useDeskEvent(
    "backupChanged",
    (changed) => {
      void client.cancelQueries(workQuery);
      client.setQueryData(workQuery.queryKey, changed.work);
    },
    () => void client.invalidateQueries(workQuery),
  );
  return work.data ?? null;
}

function useRefreshed<Input, Output>(act: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => client.invalidateQueries({ queryKey: ["backup"] }),
  });
}

export const useTakeBackup = () => useRefreshed((_: undefined) => commands.takeBackup());

export const useVerifyBackup = () => useRefreshed((name: string) => commands.verifyBackup(name));

export const useSaveBackupSettings = () =>
  useRefreshed((settings: BackupSettings) => commands.saveBackupSettings(settings));

export const useKeepJournal = () => useRefreshed((folder: string | null) => commands.keepJournal(folder));

export const useLeaveJournal = () => useRefreshed((_: undefined) => commands.leaveJournal());

export const useCopyForJournal = () => useRefreshed((_: undefined) => commands.copyForJournal());

export const useSettleLineage = () => useRefreshed((_: undefined) => commands.settleLineage());

export function useRestore() {
  return useMutation({ mutationFn: (order: RestoreOrder) => commands.restoreBackup(order) });
}

export function useRestoreMoment() {
  return useMutation({ mutationFn: (order: MomentOrder) => commands.restoreMoment(order) });
}

export function useChooseFolder(onChosen: (folder: string) => void) {
  return useMutation({
    mutationFn: () => commands.chooseFolder(),
    onSuccess: (folder) => {
      if (folder !== null) onChosen(folder);
    },
  });
}

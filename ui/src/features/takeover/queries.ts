import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { TakeoverOrder, TakeoverWork } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { useDeskEvent } from "@/ipc/events";

const workQuery = queryOptions({
  queryKey: ["takeoverWork"],
  queryFn: () => commands.takeoverWork(),
  staleTime: 0,
});

/** What is being read or written at this desk; null when nothing is. */
export function useTakeoverWork(): TakeoverWork | null {
  const client = useQueryClient();
  const work = useQuery(workQuery);
  useDeskEvent(
    "takeoverChanged",
    (changed) => {
      void client.cancelQueries(workQuery);
      client.setQueryData(workQuery.queryKey, changed.work);
    },
    () => void client.invalidateQueries(workQuery),
  );
  return work.data ?? null;
}

/** Files or a folder of the person's choice; an empty list when they close the dialog. */
export async function chooseOld(what: "files" | "folder"): Promise<string[]> {
  if (what === "files") return commands.chooseOldFiles();
  const folder = await commands.chooseFolder();
  return folder === null ? [] : [folder];
}

export const usePreview = () => useMutation({ mutationFn: (order: TakeoverOrder) => commands.previewTakeover(order) });

export const useTakeOver = () => useMutation({ mutationFn: () => commands.takeOver() });

export const useCancel = () => useMutation({ mutationFn: () => commands.cancelTakeover() });

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import type { EnrolmentVisit } from "@/ipc/bindings";
import { commands } from "@/ipc/client";

/** The list that the employees' screen reads too: one entry in the cache for both. */
export const enrolleeQuery = (id: string) =>
  queryOptions({
    queryKey: ["employee", "list"],
    queryFn: () => commands.listEmployees(),
    select: (employees) => employees.find((employee) => employee.id === id) ?? null,
  });

export function useStartEnrolment() {
  return useMutation({
    mutationFn: ({ employeeId, visit }: { employeeId: string; visit: EnrolmentVisit }) =>
      commands.startEnrolment(employeeId, visit),
  });
}

export function useAnswerResemblance() {
  return useMutation({ mutationFn: (isSomebodyElse: boolean) => commands.answerResemblance(isSomebodyElse) });
}

export function useCancelEnrolment() {
  return useMutation({ mutationFn: () => commands.cancelEnrolment() });
}

/** To be called once an enrolment is done: what the lists show has changed. */
export function useEnrolmentDone() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["employee"] });
}

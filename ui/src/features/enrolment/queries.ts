import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { commands } from "@/ipc/client";

/** The list that the employees' screen reads too: one entry in the cache for both. */
export const enrolleeQuery = (id: string) =>
  queryOptions({
    queryKey: ["employee", "list"],
    queryFn: () => commands.listEmployees(),
    select: (employees) => employees.find((employee) => employee.id === id) ?? null,
  });

export function useStartEnrolment() {
  return useMutation({ mutationFn: (employeeId: string) => commands.startEnrolment(employeeId) });
}

export function useCancelEnrolment() {
  return useMutation({ mutationFn: () => commands.cancelEnrolment() });
}

/** To be called once an enrolment is done: what the lists show has changed. */
export function useEnrolmentDone() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["employee"] });
}

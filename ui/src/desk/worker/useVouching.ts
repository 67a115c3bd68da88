import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import type { Employee, Phase } from "@/ipc/bindings";
import { commands } from "@/ipc/client";

/** Where the vouching stands: for whom, by what, and then somebody else's face or password. */
export type VouchStep =
  | { at: "whom" }
  | { at: "how"; employee: Employee }
  | { at: "password"; employee: Employee }
  | { at: "face"; name: string };

/** Somebody else answers for an employee whose face does not come through. */
export interface Vouching {
  /** Null while nobody vouches. */
  step: VouchStep | null;
  /** Why the last step was refused. */
  error: Error | null;
  pending: boolean;
  begin: () => void;
  choose: (employee: Employee) => void;
  byFace: (employee: Employee) => void;
  byPassword: (employee: Employee) => void;
  submitPassword: (employee: Employee, login: string, password: string) => void;
  /** One step back, in the end to the camera. */
  back: () => void;
}

/** `vouchingFor` is what the desk tells: it looks for another employee's face. */
export function useVouching(phase: Phase | undefined, vouchingFor: string | null): Vouching {
  const [chosen, setChosen] = useState<VouchStep | null>(null);
  const face = useMutation({ mutationFn: (employeeId: string) => commands.vouchWithFace(employeeId) });
  const password = useMutation({
    mutationFn: (input: { employeeId: string; login: string; password: string }) =>
      commands.vouchWithPassword(input.employeeId, input.login, input.password),
  });
  const cancel = useMutation({ mutationFn: () => commands.cancelVouching() });
  const go = (step: VouchStep | null) => {
    face.reset();
    password.reset();
    setChosen(step);
  };
  const waits = phase === "face";
  // The document was saved or dropped: the next one begins at the camera.
  if (!waits && chosen !== null) go(null);
  const step: VouchStep | null = !waits ? null : vouchingFor === null ? chosen : { at: "face", name: vouchingFor };
  return {
    step,
    error: face.error ?? password.error ?? cancel.error,
    pending: face.isPending || password.isPending,
    begin: () => {
      go({ at: "whom" });
    },
    choose: (employee) => {
      go({ at: "how", employee });
    },
    byFace: (employee) => {
      face.mutate(employee.id);
    },
    byPassword: (employee) => {
      go({ at: "password", employee });
    },
    submitPassword: (employee, login, typed) => {
      password.mutate({ employeeId: employee.id, login, password: typed });
    },
    back: () => {
      if (step?.at === "face") {
        cancel.mutate();
        go(null);
      } else if (step?.at === "password") go({ at: "how", employee: step.employee });
      else go(step?.at === "how" ? { at: "whom" } : null);
    },
  };
}

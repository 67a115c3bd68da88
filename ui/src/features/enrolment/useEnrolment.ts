import { useEffect, useRef, useState } from "react";

import { useAnswerResemblance, useCancelEnrolment, useEnrolmentDone, useStartEnrolment } from "@/features/enrolment/queries";
import type { EnrolmentView, EnrolmentVisit } from "@/ipc/bindings";
import { useDeskEvent } from "@/ipc/events";

/** An enrolment while its page stands. */
export interface RunningEnrolment {
  /** Null before the first start. */
  view: EnrolmentView | null;
  /** Why it could not be started or answered. */
  error: Error | null;
  starting: boolean;
  start: (visit: EnrolmentVisit) => void;
  answering: boolean;
  /** Whether the face is somebody else's than the one it resembles: true keeps it, false gives it up. */
  answer: (isSomebodyElse: boolean) => void;
  cancel: () => void;
}

/** Runs the enrolment of one employee; leaving the page gives the camera back. */
export function useEnrolment(employeeId: string): RunningEnrolment {
  const [view, setView] = useState<EnrolmentView | null>(null);
  const { mutate: begin, isPending, error } = useStartEnrolment();
  const answer = useAnswerResemblance();
  const { mutate: stop } = useCancelEnrolment();
  const refreshEmployees = useEnrolmentDone();
  const underway = useRef(false);
  const show = (next: EnrolmentView | null) => {
    underway.current = next?.phase === "collecting" || next?.phase === "resembles";
    setView(next);
  };
  useDeskEvent("enrolmentChanged", (next) => {
    if (next.employeeId !== employeeId) return;
    show(next);
    if (next.phase === "done") void refreshEmployees();
  });
  useEffect(
    () => () => {
      if (underway.current) stop();
    },
    [stop],
  );
  return {
    view,
    error: error ?? answer.error,
    starting: isPending,
    start: (visit) => {
      answer.reset();
      begin({ employeeId, visit }, { onSuccess: show });
    },
    answering: answer.isPending,
    answer: (isSomebodyElse) => {
      answer.mutate(isSomebodyElse);
    },
    cancel: () => {
      stop();
      show(null);
    },
  };
}

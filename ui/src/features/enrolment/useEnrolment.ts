import { useEffect, useRef, useState } from "react";

import { useCancelEnrolment, useEnrolmentDone, useStartEnrolment } from "@/features/enrolment/queries";
import type { EnrolmentView } from "@/ipc/bindings";
import { useDeskEvent } from "@/ipc/events";

/** An enrolment while its page stands. */
export interface RunningEnrolment {
  /** Null before the first start. */
  view: EnrolmentView | null;
  /** Why it could not be started. */
  error: Error | null;
  starting: boolean;
  start: () => void;
  cancel: () => void;
}

/** Runs the enrolment of one employee; leaving the page gives the camera back. */
export function useEnrolment(employeeId: string): RunningEnrolment {
  const [view, setView] = useState<EnrolmentView | null>(null);
  const { mutate: begin, isPending, error } = useStartEnrolment();
  const { mutate: stop } = useCancelEnrolment();
  const refreshEmployees = useEnrolmentDone();
  const collecting = useRef(false);
  const show = (next: EnrolmentView | null) => {
    collecting.current = next?.phase === "collecting";
    setView(next);
  };
  useDeskEvent("enrolmentChanged", (next) => {
    if (next.employeeId !== employeeId) return;
    show(next);
    if (next.phase === "done") void refreshEmployees();
  });
  useEffect(
    () => () => {
      if (collecting.current) stop();
    },
    [stop],
  );
  return {
    view,
    error,
    starting: isPending,
    start: () => {
      begin(employeeId, { onSuccess: show });
    },
    cancel: () => {
      stop();
      show(null);
    },
  };
}

import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { BackLink } from "@/components/BackLink";
import { ErrorNotice } from "@/components/ErrorNotice";
import { Page } from "@/components/Page";
import { CameraOval } from "@/features/enrolment/CameraOval";
import classes from "@/features/enrolment/EnrolmentPage.module.css";
import { EnrolmentSteps } from "@/features/enrolment/EnrolmentSteps";
import { enrolleeQuery } from "@/features/enrolment/queries";
import { useEnrolment } from "@/features/enrolment/useEnrolment";

/** An employee looks at the camera until their face is known; no picture is kept. */
export function EnrolmentPage({ id }: { id: string }) {
  const employee = useQuery(enrolleeQuery(id));
  const enrolment = useEnrolment(id);
  const name = employee.data?.name ?? "…";
  return (
    <Page title={<Trans>Face of {name}</Trans>} before={<BackLink href="/employees" />}>
      {employee.isError && <ErrorNotice error={employee.error} onRetry={() => void employee.refetch()} />}
      {enrolment.error !== null && <ErrorNotice error={enrolment.error} />}
      <div className={classes.columns}>
        <CameraOval view={enrolment.view} />
        {employee.data != null && <EnrolmentSteps employee={employee.data} enrolment={enrolment} />}
      </div>
    </Page>
  );
}

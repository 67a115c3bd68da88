import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { SaveListMenu } from "@/components/SaveListMenu";
import { BadgeProposal } from "@/features/faceGate/BadgeProposal";
import { FaceDetails } from "@/features/faceGate/FaceDetails";
import { GateCounts } from "@/features/faceGate/GateCounts";
import { faceReportQuery } from "@/features/faceGate/queries";
import { worstFirst } from "@/features/faceGate/rows";
import { useFaceColumns } from "@/features/faceGate/useFaceColumns";
import type { FaceReportRow, ListField } from "@/ipc/bindings";

const SAVED: readonly ListField[] = [
  "name",
  "active",
  "enrolledAt",
  "lights",
  "templates",
  "quality",
  "needsTopUp",
  "refusedMonth",
  "lastConfirmedAt",
];

/** Whether the face gate works: whom it knows how well, what it refused and why, and how often somebody vouched. */
export function FaceGatePage() {
  const { t } = useLingui();
  const report = useQuery(faceReportQuery);
  const [open, setOpen] = useState<FaceReportRow | null>(null);
  const columns = useFaceColumns(setOpen);
  const employees = report.data?.employees;
  return (
    <Page
      title={<Trans>Face gate</Trans>}
      actions={<SaveListMenu list={{ kind: "faceGate" }} title={t`Face gate`} fields={SAVED} />}
    >
      {report.isError && <ErrorNotice error={report.error} onRetry={() => void report.refetch()} />}
      {report.data !== undefined && <BadgeProposal reason={report.data.proposesBadges} />}
      {!report.isError && <GateCounts report={report.data} />}
      {!report.isError && (
        <ListTable
          label={t`Face gate`}
          columns={columns}
          rows={employees && worstFirst(employees)}
          rowId={(row) => row.employeeId}
          isFaded={(row) => !row.active}
          empty={
            <EmptyState
              icon={<IconUsers />}
              title={<Trans>Nobody works here yet</Trans>}
              text={<Trans>Here you see how well the camera knows each employee. Add the first one and record the face.</Trans>}
              action={
                <Button component={Link} href="/employees">
                  <Trans>To the employees</Trans>
                </Button>
              }
            />
          }
        />
      )}
      {open !== null && (
        <FaceDetails
          row={open}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </Page>
  );
}

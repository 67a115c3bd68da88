import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { BadgeDialog } from "@/features/employee/BadgeDialog";
import { EraseDialog } from "@/features/employee/EraseDialog";
import { NewEmployeeDialog } from "@/features/employee/NewEmployeeDialog";
import { employeesQuery } from "@/features/employee/queries";
import { EMPLOYEE_LIST } from "@/features/employee/testids";
import { useEmployeeColumns, type EmployeeAct } from "@/features/employee/useEmployeeColumns";
import type { Employee } from "@/ipc/bindings";
import { useRole } from "@/session/session";

type Open = { dialog: "new" } | { dialog: EmployeeAct; employee: Employee };

/** The people whose face confirms what moves. */
export function EmployeeListPage() {
  const { t } = useLingui();
  const mayWrite = useRole() === "admin";
  const employees = useQuery(employeesQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const columns = useEmployeeColumns(
    mayWrite
      ? (dialog, employee) => {
          setOpen({ dialog, employee });
        }
      : null,
  );
  const create = mayWrite && (
    <Button
      leftSection={<IconUserPlus size={18} />}
      onClick={() => {
        setOpen({ dialog: "new" });
      }}
      data-testid={EMPLOYEE_LIST.create}
    >
      <Trans>New employee</Trans>
    </Button>
  );
  const close = () => {
    setOpen(null);
  };
  return (
    <Page title={<Trans>Employees</Trans>} actions={create}>
      {employees.isError ? (
        <ErrorNotice error={employees.error} onRetry={() => void employees.refetch()} />
      ) : (
        <ListTable
          label={t`Employees`}
          columns={columns}
          rows={employees.data}
          rowId={(row) => row.id}
          isFaded={(row) => !row.active}
          empty={
            <EmptyState
              icon={<IconUsers />}
              title={<Trans>Nobody works here yet</Trans>}
              text={<Trans>Every movement is confirmed by the face of an employee. Add the first one, then let the camera get to know them.</Trans>}
            />
          }
        />
      )}
      {open?.dialog === "new" && <NewEmployeeDialog onClose={close} />}
      {open?.dialog === "badge" && <BadgeDialog employee={open.employee} onClose={close} />}
      {open?.dialog === "erase" && <EraseDialog employee={open.employee} onClose={close} />}
    </Page>
  );
}

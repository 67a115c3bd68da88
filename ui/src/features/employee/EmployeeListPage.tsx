import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { SaveListMenu } from "@/components/SaveListMenu";
import { BadgeDialog } from "@/features/employee/BadgeDialog";
import { EraseDialog } from "@/features/employee/EraseDialog";
import { NewEmployeeDialog } from "@/features/employee/NewEmployeeDialog";
import { employeesQuery } from "@/features/employee/queries";
import { EMPLOYEE_LIST } from "@/features/employee/testids";
import { useEmployeeColumns, type EmployeeAct } from "@/features/employee/useEmployeeColumns";
import type { Employee, ListField } from "@/ipc/bindings";
import { useRole } from "@/session/session";

const SAVED: readonly ListField[] = ["name", "badge", "active", "enrolledAt", "lights", "templates", "quality", "lastConfirmedAt"];

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
  const acts = (
    <>
      <SaveListMenu list={{ kind: "employees" }} title={t`Employees`} fields={SAVED} />
      {mayWrite && (
        <Button
          leftSection={<IconUserPlus size={18} />}
          onClick={() => {
            setOpen({ dialog: "new" });
          }}
          data-testid={EMPLOYEE_LIST.create}
        >
          <Trans>New employee</Trans>
        </Button>
      )}
    </>
  );
  const close = () => {
    setOpen(null);
  };
  return (
    <Page title={<Trans>Employees</Trans>} actions={acts}>
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

import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconDots, IconEraser, IconFaceId, IconId, IconRefresh, IconSunWind, IconUserCheck, IconUserOff } from "@tabler/icons-react";
import { Link } from "wouter";

import { useFailureText } from "@/components/useFailureText";
import { useSetEmployeeActive } from "@/features/employee/queries";
import { EMPLOYEE_LIST } from "@/features/employee/testids";
import type { EmployeeAct } from "@/features/employee/useEmployeeColumns";
import type { Employee, EnrolmentVisit } from "@/ipc/bindings";

/** What can be done with an employee: the next step as a button, the rest in a menu. */
export function EmployeeActs({ employee, onAct }: { employee: Employee; onAct: (act: EmployeeAct) => void }) {
  const { t } = useLingui();
  const failureText = useFailureText();
  const setActive = useSetEmployeeActive();
  const { lights } = employee;
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {employee.active && lights < 2 && (
        <Button
          component={Link}
          href={enrolmentOf(employee)}
          h={32}
          px={10}
          fz={14}
          variant="light"
          leftSection={<IconFaceId size={16} />}
          data-testid={EMPLOYEE_LIST.enrol(employee.id)}
        >
          {lights === 0 ? <Trans>Enrol the face</Trans> : <Trans>Second light</Trans>}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t`More for ${employee.name}`}
            data-testid={EMPLOYEE_LIST.menu(employee.id)}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {employee.active && lights > 0 && <MoreVisits employee={employee} />}
          <Menu.Item
            leftSection={<IconId size={16} />}
            onClick={() => {
              onAct("badge");
            }}
            data-testid={EMPLOYEE_LIST.badge(employee.id)}
          >
            <Trans>Badge label</Trans>
          </Menu.Item>
          <Menu.Item
            leftSection={employee.active ? <IconUserOff size={16} /> : <IconUserCheck size={16} />}
            onClick={() => {
              setActive.mutate(
                { id: employee.id, active: !employee.active },
                {
                  onError: (error) => {
                    notifications.show({ message: failureText(error), color: "refused" });
                  },
                },
              );
            }}
            data-testid={EMPLOYEE_LIST.setActive(employee.id)}
          >
            {employee.active ? <Trans>Works here no longer</Trans> : <Trans>Works here again</Trans>}
          </Menu.Item>
          {employee.templateCount > 0 && (
            <Menu.Item
              color="refused"
              leftSection={<IconEraser size={16} />}
              onClick={() => {
                onAct("erase");
              }}
              data-testid={EMPLOYEE_LIST.erase(employee.id)}
            >
              <Trans>Erase the face</Trans>
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

/** The camera, for a visit that is named; without a name it proposes the most wanted one. */
function enrolmentOf(employee: Employee, visit?: EnrolmentVisit): string {
  return `/employees/${employee.id}/enrolment?${visit === undefined ? "" : `visit=${visit}`}`;
}

/** The visits that are not the next step. */
function MoreVisits({ employee }: { employee: Employee }) {
  return (
    <>
      <Menu.Item
        component={Link}
        href={enrolmentOf(employee, "topUp")}
        leftSection={<IconSunWind size={16} />}
        data-testid={EMPLOYEE_LIST.topUp(employee.id)}
      >
        <Trans>Add this light</Trans>
      </Menu.Item>
      <Menu.Item
        component={Link}
        href={enrolmentOf(employee, "first")}
        leftSection={<IconRefresh size={16} />}
        data-testid={EMPLOYEE_LIST.redo(employee.id)}
      >
        <Trans>Enrol anew</Trans>
      </Menu.Item>
    </>
  );
}

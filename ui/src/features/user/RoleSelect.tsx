import { Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useLingui } from "@lingui/react/macro";

import { useFailureText } from "@/components/useFailureText";
import { useSetUserRole } from "@/features/user/queries";
import { isRole, ROLES, useRoleNames } from "@/features/user/roles";
import { USER_LIST } from "@/features/user/testids";
import type { User } from "@/ipc/bindings";

/** The role of a user, changed in place; the server refuses to lose the last Admin. */
export function RoleSelect({ user }: { user: User }) {
  const { t } = useLingui();
  const names = useRoleNames();
  const failureText = useFailureText();
  const setRole = useSetUserRole();
  return (
    <Select
      variant="unstyled"
      data={ROLES.map((role) => ({ value: role, label: names[role] }))}
      value={user.role}
      allowDeselect={false}
      disabled={!user.active || setRole.isPending}
      aria-label={t`Role of ${user.name}`}
      onChange={(role) => {
        if (!isRole(role) || role === user.role) return;
        setRole.mutate(
          { id: user.id, role },
          {
            onError: (error) => {
              notifications.show({ message: failureText(error), color: "refused" });
            },
          },
        );
      }}
      data-testid={USER_LIST.role(user.id)}
    />
  );
}

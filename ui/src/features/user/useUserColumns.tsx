import { Trans } from "@lingui/react/macro";
import { IconLock, IconUserOff } from "@tabler/icons-react";
import { useMemo } from "react";

import { listColumns } from "@/components/ListTable";
import { StateBadge } from "@/components/StateBadge";
import { RoleSelect } from "@/features/user/RoleSelect";
import { UserActs } from "@/features/user/UserActs";
import { clock } from "@/format/date";
import type { User } from "@/ipc/bindings";

const column = listColumns<User>();

/** The columns of the users; the role is changed where it stands. */
export function useUserColumns(onPassword: (user: User) => void) {
  return useMemo(
    () =>
      column.columns([
        column.accessor("name", { header: () => <Trans>Full name</Trans>, meta: { tone: "strong" } }),
        column.accessor("login", { header: () => <Trans>Login</Trans>, meta: { tone: "quiet", width: "200px" } }),
        column.accessor("role", {
          header: () => <Trans>Role</Trans>,
          meta: { width: "190px" },
          cell: ({ row }) => <RoleSelect user={row.original} />,
        }),
        column.display({
          id: "state",
          header: () => null,
          meta: { width: "250px" },
          cell: ({ row }) => <LoginState user={row.original} />,
        }),
        column.display({
          id: "acts",
          header: () => null,
          meta: { align: "end", width: "60px" },
          cell: ({ row }) => <UserActs user={row.original} onPassword={onPassword} />,
        }),
      ]),
    [onPassword],
  );
}

function LoginState({ user }: { user: User }) {
  if (!user.active) {
    return (
      <StateBadge tone="quiet" icon={<IconUserOff />}>
        <Trans>may not log in</Trans>
      </StateBadge>
    );
  }
  if (user.lockedUntil !== null) {
    return (
      <StateBadge tone="warning" icon={<IconLock />}>
        <Trans>locked until {clock(user.lockedUntil)}</Trans>
      </StateBadge>
    );
  }
  return null;
}

import { Button } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ErrorNotice } from "@/components/ErrorNotice";
import { ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { SaveListMenu } from "@/components/SaveListMenu";
import { NewUserDialog } from "@/features/user/NewUserDialog";
import { PasswordDialog } from "@/features/user/PasswordDialog";
import { usersQuery } from "@/features/user/queries";
import { ROLE_NAMES } from "@/features/user/roles";
import { USER_LIST } from "@/features/user/testids";
import { useUserColumns } from "@/features/user/useUserColumns";
import type { User } from "@/ipc/bindings";

/** Who may log in, and what each of them may do. */
export function UserListPage() {
  const { t } = useLingui();
  const users = useQuery(usersQuery);
  const [isCreating, setIsCreating] = useState(false);
  const [forgetful, setForgetful] = useState<User | null>(null);
  const columns = useUserColumns(setForgetful);
  return (
    <Page
      title={<Trans>Users</Trans>}
      actions={
        <>
          <SaveListMenu
            list={{ kind: "users" }}
            title={t`Users`}
            fields={["name", "login", "role", "active", "lockedUntil"]}
            words={ROLE_NAMES}
          />
          <Button
            leftSection={<IconUserPlus size={18} />}
            onClick={() => {
              setIsCreating(true);
            }}
            data-testid={USER_LIST.create}
          >
            <Trans>New user</Trans>
          </Button>
        </>
      }
    >
      {users.isError ? (
        <ErrorNotice error={users.error} onRetry={() => void users.refetch()} />
      ) : (
        <ListTable
          label={t`Users`}
          columns={columns}
          rows={users.data}
          rowId={(row) => row.id}
          isFaded={(row) => !row.active}
          empty={null}
        />
      )}
      {isCreating && (
        <NewUserDialog
          onClose={() => {
            setIsCreating(false);
          }}
        />
      )}
      {forgetful !== null && (
        <PasswordDialog
          user={forgetful}
          onClose={() => {
            setForgetful(null);
          }}
        />
      )}
    </Page>
  );
}

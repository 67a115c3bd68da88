import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconDots, IconKey, IconUserCheck, IconUserOff } from "@tabler/icons-react";

import { useFailureText } from "@/components/useFailureText";
import { useSetUserActive } from "@/features/user/queries";
import { USER_LIST } from "@/features/user/testids";
import type { User } from "@/ipc/bindings";

/** What can be done with a login. */
export function UserActs({ user, onPassword }: { user: User; onPassword: (user: User) => void }) {
  const { t } = useLingui();
  const failureText = useFailureText();
  const setActive = useSetUserActive();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t`More for ${user.name}`}
          data-testid={USER_LIST.menu(user.id)}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconKey size={16} />}
          onClick={() => {
            onPassword(user);
          }}
          data-testid={USER_LIST.password(user.id)}
        >
          <Trans>New password</Trans>
        </Menu.Item>
        <Menu.Item
          leftSection={user.active ? <IconUserOff size={16} /> : <IconUserCheck size={16} />}
          onClick={() => {
            setActive.mutate(
              { id: user.id, active: !user.active },
              {
                onError: (error) => {
                  notifications.show({ message: failureText(error), color: "refused" });
                },
              },
            );
          }}
          data-testid={USER_LIST.setActive(user.id)}
        >
          {user.active ? <Trans>May no longer log in</Trans> : <Trans>May log in again</Trans>}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

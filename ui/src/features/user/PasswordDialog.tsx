import { Button, Group, Modal, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { Trans, useLingui } from "@lingui/react/macro";

import { ErrorNotice } from "@/components/ErrorNotice";
import { usePasswordProblem } from "@/features/user/password";
import { useSetUserPassword } from "@/features/user/queries";
import { USER_FORM } from "@/features/user/testids";
import type { User } from "@/ipc/bindings";

/** Gives a user a new password; the old one is not needed and is not known to anybody. */
export function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useLingui();
  const passwordProblem = usePasswordProblem();
  const change = useSetUserPassword();
  const form = useForm({ initialValues: { password: "" }, validate: { password: passwordProblem } });
  const submit = form.onSubmit(({ password }) => {
    change.mutate(
      { id: user.id, password },
      {
        onSuccess: () => {
          notifications.show({ message: t`${user.name} has a new password`, color: "saved" });
          onClose();
        },
      },
    );
  });
  return (
    <Modal opened onClose={onClose} title={<Trans>New password for {user.name}</Trans>} centered>
      <form onSubmit={submit} noValidate>
        <PasswordInput
          {...form.getInputProps("password")}
          label={<Trans>Password</Trans>}
          autoComplete="new-password"
          data-autofocus
          data-testid={USER_FORM.password}
        />
        {change.isError && <ErrorNotice error={change.error} />}
        <Group justify="flex-end" mt={20} gap={12}>
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={change.isPending} data-testid={USER_FORM.save}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

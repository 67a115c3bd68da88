import { Button, Group, Modal, PasswordInput, Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Trans, useLingui } from "@lingui/react/macro";

import { ErrorNotice } from "@/components/ErrorNotice";
import { usePasswordProblem } from "@/features/user/password";
import { useCreateUser } from "@/features/user/queries";
import { ROLES, useRoleDuties, useRoleNames } from "@/features/user/roles";
import { USER_FORM } from "@/features/user/testids";
import type { NewUser } from "@/ipc/bindings";

/** A new login: who, as what, and the first password. */
export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const names = useRoleNames();
  const duties = useRoleDuties();
  const passwordProblem = usePasswordProblem();
  const create = useCreateUser();
  const form = useForm<NewUser>({
    initialValues: { name: "", login: "", role: "operator", password: "" },
    validate: {
      name: (name) => (name.trim() === "" ? t`Type the name` : null),
      login: (login) => (login.trim() === "" ? t`Type the login` : null),
      password: passwordProblem,
    },
  });
  const submit = form.onSubmit((user) => {
    create.mutate({ ...user, name: user.name.trim(), login: user.login.trim() }, { onSuccess: onClose });
  });
  return (
    <Modal opened onClose={onClose} title={<Trans>New user</Trans>} centered>
      <form onSubmit={submit} noValidate>
        <Stack gap={16}>
          <TextInput {...form.getInputProps("name")} label={<Trans>Full name</Trans>} data-autofocus data-testid={USER_FORM.name} />
          <TextInput {...form.getInputProps("login")} label={<Trans>Login</Trans>} autoComplete="off" data-testid={USER_FORM.login} />
          <PasswordInput
            {...form.getInputProps("password")}
            label={<Trans>Password</Trans>}
            autoComplete="new-password"
            data-testid={USER_FORM.password}
          />
          <Radio.Group {...form.getInputProps("role")} label={<Trans>Role</Trans>}>
            <Stack gap={10} mt={8}>
              {ROLES.map((role) => (
                <Radio
                  key={role}
                  value={role}
                  label={names[role]}
                  description={duties[role]}
                  data-testid={USER_FORM.role(role)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {create.isError && <ErrorNotice error={create.error} />}
        </Stack>
        <Group justify="flex-end" mt={20} gap={12}>
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={create.isPending} data-testid={USER_FORM.save}>
            <Trans>Add</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

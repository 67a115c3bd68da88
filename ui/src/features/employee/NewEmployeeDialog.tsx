import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Trans, useLingui } from "@lingui/react/macro";

import { ErrorNotice } from "@/components/ErrorNotice";
import { useCreateEmployee } from "@/features/employee/queries";
import { EMPLOYEE_FORM } from "@/features/employee/testids";

/** A new employee is a name; the badge's number is given by the warehouse. */
export function NewEmployeeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const create = useCreateEmployee();
  const form = useForm({
    initialValues: { name: "" },
    validate: { name: (name) => (name.trim() === "" ? t`Type the name` : null) },
  });
  const submit = form.onSubmit(({ name }) => {
    create.mutate(name.trim(), { onSuccess: onClose });
  });
  return (
    <Modal opened onClose={onClose} title={<Trans>New employee</Trans>} centered>
      <form onSubmit={submit} noValidate>
        <TextInput
          {...form.getInputProps("name")}
          label={<Trans>Full name</Trans>}
          placeholder={t`For example: Aziza Karimova`}
          data-autofocus
          data-testid={EMPLOYEE_FORM.name}
        />
        {create.isError && <ErrorNotice error={create.error} />}
        <Group justify="flex-end" mt={20} gap={12}>
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={create.isPending} data-testid={EMPLOYEE_FORM.save}>
            <Trans>Add</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

import { Button, Group, Modal, Text } from "@mantine/core";
import { Plural, Trans } from "@lingui/react/macro";

import { ErrorNotice } from "@/components/ErrorNotice";
import { useEraseTemplates } from "@/features/employee/queries";
import { ERASE_DIALOG } from "@/features/employee/testids";
import { quantity } from "@/format/quantity";
import type { Employee } from "@/ipc/bindings";

/** Erases what the camera knows of a face: says whose, how much, and what follows. */
export function EraseDialog({ employee, onClose }: { employee: Employee; onClose: () => void }) {
  const figure = quantity(String(employee.templateCount));
  const erase = useEraseTemplates();
  return (
    <Modal opened onClose={onClose} title={<Trans>Erase the face of {employee.name}</Trans>} centered>
      <Text>
        <Plural
          value={employee.templateCount}
          one={`${figure} template is erased for good.`}
          other={`${figure} templates are erased for good.`}
        />{" "}
        <Trans>Until the face is enrolled anew, {employee.name} cannot confirm movements. What was confirmed stays in the history.</Trans>
      </Text>
      {erase.isError && <ErrorNotice error={erase.error} />}
      <Group justify="flex-end" mt={20} gap={12}>
        <Button variant="default" onClick={onClose} data-autofocus>
          <Trans>Keep it</Trans>
        </Button>
        <Button
          color="refused"
          loading={erase.isPending}
          onClick={() => {
            erase.mutate(employee.id, { onSuccess: onClose });
          }}
          data-testid={ERASE_DIALOG.confirm}
        >
          <Trans>Erase</Trans>
        </Button>
      </Group>
    </Modal>
  );
}

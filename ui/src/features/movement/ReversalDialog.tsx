import { Button, Group, Modal, PasswordInput, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconArrowBackUp } from "@tabler/icons-react";

import { ErrorNotice } from "@/components/ErrorNotice";
import { moved, opposite } from "@/features/movement/moved";
import { useReverseMovement } from "@/features/movement/queries";
import classes from "@/features/movement/ReversalDialog.module.css";
import { REVERSAL } from "@/features/movement/testids";
import { dateTime } from "@/format/date";
import type { Movement } from "@/ipc/bindings";

interface ReversalDialogProps {
  movement: Movement;
  onClose: () => void;
}

/** Puts a movement right by its opposite: the Admin's password typed anew, and why. */
export function ReversalDialog({ movement, onClose }: ReversalDialogProps) {
  const { t } = useLingui();
  const reverse = useReverseMovement();
  const form = useForm({
    initialValues: { reason: "", password: "" },
    validate: {
      reason: (reason) => (reason.trim() === "" ? t`Say why, in a few words` : null),
      password: (password) => (password === "" ? t`Type your password` : null),
    },
  });
  const submit = form.onSubmit(({ reason, password }) => {
    reverse.mutate(
      { movementId: movement.id, password, reason: reason.trim() },
      {
        onSuccess: () => {
          notifications.show({ message: t`The movement is reversed`, color: "saved" });
          onClose();
        },
        onError: () => {
          form.setFieldValue("password", "");
        },
      },
    );
  });
  return (
    <Modal opened onClose={onClose} title={<Trans>Reverse the movement</Trans>} centered data-testid={REVERSAL.dialog}>
      <form onSubmit={submit} noValidate>
        <dl className={classes.facts}>
          <dt>{movement.productName}</dt>
          <dd>{moved(movement)}</dd>
          <dt>
            {dateTime(movement.at)} · {movement.employeeName ?? movement.userName}
          </dt>
          <dd>№ {movement.documentNumber}</dd>
        </dl>
        <p className={classes.effect}>
          <Trans>
            An opposite movement of {opposite(movement)} is posted under your name. This can be done once.
          </Trans>
        </p>
        <Textarea
          {...form.getInputProps("reason")}
          label={<Trans>Reason</Trans>}
          withAsterisk
          rows={2}
          maxLength={500}
          data-autofocus
          data-testid={REVERSAL.reason}
        />
        <PasswordInput
          {...form.getInputProps("password")}
          mt={16}
          label={<Trans>Your password</Trans>}
          withAsterisk
          autoComplete="off"
          data-testid={REVERSAL.password}
        />
        {reverse.isError && <ErrorNotice error={reverse.error} />}
        <Group justify="flex-end" mt={20} gap={12}>
          <Button variant="default" onClick={onClose} data-testid={REVERSAL.cancel}>
            <Trans>Leave it as it is</Trans>
          </Button>
          <Button
            type="submit"
            color="refused"
            loading={reverse.isPending}
            leftSection={<IconArrowBackUp size={18} />}
            data-testid={REVERSAL.confirm}
          >
            <Trans>Reverse</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

import { Modal } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";

import { CodeLabel } from "@/components/CodeLabel";
import { ErrorNotice } from "@/components/ErrorNotice";
import { badgeQuery } from "@/features/employee/queries";
import { BADGE_DIALOG } from "@/features/employee/testids";
import type { Employee } from "@/ipc/bindings";

/** The badge as it is printed. */
export function BadgeDialog({ employee, onClose }: { employee: Employee; onClose: () => void }) {
  const badge = useQuery(badgeQuery(employee.id));
  return (
    <Modal opened onClose={onClose} title={<Trans>Badge label</Trans>} centered size="sm">
      {badge.isError ? (
        <ErrorNotice error={badge.error} onRetry={() => void badge.refetch()} />
      ) : (
        <CodeLabel
          label={badge.data}
          caption={employee.name}
          imageTestId={BADGE_DIALOG.image}
          codeTestId={BADGE_DIALOG.code}
        />
      )}
    </Modal>
  );
}

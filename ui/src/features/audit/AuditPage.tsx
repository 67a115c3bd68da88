import { Trans, useLingui } from "@lingui/react/macro";
import { IconNotebook } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";

import { EmptyState } from "@/components/EmptyState";
import { ErrorNotice } from "@/components/ErrorNotice";
import { ListTable } from "@/components/ListTable";
import { Page } from "@/components/Page";
import { SaveListMenu } from "@/components/SaveListMenu";
import { ACTIONS } from "@/features/audit/actions";
import { auditQuery } from "@/features/audit/queries";
import { useAuditColumns } from "@/features/audit/useAuditColumns";

/** Who did what, newest first; nothing here can be changed or taken away. */
export function AuditPage() {
  const { t } = useLingui();
  const audit = useInfiniteQuery(auditQuery);
  const columns = useAuditColumns();
  return (
    <Page
      title={<Trans>Log</Trans>}
      actions={
        <SaveListMenu
          list={{ kind: "audit" }}
          title={t`Log`}
          fields={["at", "user", "action", "object", "particulars", "sealed"]}
          words={ACTIONS}
        />
      }
    >
      {audit.isError ? (
        <ErrorNotice error={audit.error} onRetry={() => void audit.refetch()} />
      ) : (
        <ListTable
          label={t`Log`}
          columns={columns}
          rows={audit.data?.pages.flatMap((page) => page.rows)}
          rowId={(row) => row.id}
          empty={
            <EmptyState
              icon={<IconNotebook />}
              title={<Trans>The log is empty</Trans>}
              text={<Trans>Every act of every user is written here, refused ones too.</Trans>}
            />
          }
          more={{
            wanted: audit.hasNextPage,
            loading: audit.isFetchingNextPage,
            load: () => void audit.fetchNextPage(),
          }}
        />
      )}
    </Page>
  );
}

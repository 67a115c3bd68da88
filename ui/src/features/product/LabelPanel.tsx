import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { CodeLabel } from "@/components/CodeLabel";
import { ErrorNotice } from "@/components/ErrorNotice";
import { Panel } from "@/components/Panel";
import classes from "@/features/product/LabelPanel.module.css";
import { labelQuery, useSaveLabel } from "@/features/product/queries";
import { PRODUCT_LABEL } from "@/features/product/testids";
import type { Product } from "@/ipc/bindings";

/** The product's own label: what is seen here is what is saved and printed. */
export function LabelPanel({ product, mayWrite }: { product: Product; mayWrite: boolean }) {
  const hasLabel = product.ownLabel !== null;
  const label = useQuery({ ...labelQuery(product.id), enabled: hasLabel });
  const save = useSaveLabel();
  return (
    <Panel
      title={<Trans>Label</Trans>}
      explanation={
        hasLabel ? undefined : <Trans>This product has no label of our own. Switch it on and save to get one.</Trans>
      }
    >
      {label.isError && <ErrorNotice error={label.error} onRetry={() => void label.refetch()} />}
      {hasLabel && (
        <CodeLabel
          label={label.data}
          caption={product.name}
          imageTestId={PRODUCT_LABEL.image}
          codeTestId={PRODUCT_LABEL.code}
        />
      )}
      {save.isError && <ErrorNotice error={save.error} />}
      {hasLabel && mayWrite && (
        <Button
          mt={12}
          variant="default"
          leftSection={<IconDownload size={18} />}
          loading={save.isPending}
          onClick={() => {
            save.mutate(product.id);
          }}
          data-testid={PRODUCT_LABEL.save}
        >
          <Trans>Save the label as a picture</Trans>
        </Button>
      )}
      {save.isSuccess && (
        <p className={classes.saved} role="status" data-testid={PRODUCT_LABEL.saved}>
          <Trans>
            Saved: <span>{save.data}</span>
          </Trans>
        </p>
      )}
    </Panel>
  );
}

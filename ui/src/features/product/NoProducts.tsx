import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconPackage, IconPlus, IconSearchOff } from "@tabler/icons-react";
import { Link } from "wouter";

import { EmptyState } from "@/components/EmptyState";

/** An empty catalogue says what it is for; an empty answer says how to widen the question. */
export function NoProducts({ searched, mayWrite }: { searched: boolean; mayWrite: boolean }) {
  if (searched) {
    return (
      <EmptyState
        icon={<IconSearchOff />}
        title={<Trans>Nothing found</Trans>}
        text={<Trans>Try a part of the name, the SKU, or choose all products.</Trans>}
      />
    );
  }
  return (
    <EmptyState
      icon={<IconPackage />}
      title={<Trans>The catalogue is empty</Trans>}
      text={<Trans>Products stand here with their codes, prices and stock. Scan a code to begin, or type the first one.</Trans>}
      action={
        mayWrite && (
          <Button component={Link} href="/products/new?" leftSection={<IconPlus size={18} />}>
            <Trans>New product</Trans>
          </Button>
        )
      }
    />
  );
}

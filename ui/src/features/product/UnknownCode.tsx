import { Button } from "@mantine/core";
import { Trans } from "@lingui/react/macro";
import { IconBarcodeOff, IconPlus } from "@tabler/icons-react";
import { Link } from "wouter";

import classes from "@/features/product/UnknownCode.module.css";
import { PRODUCT_LIST } from "@/features/product/testids";

/** A scan that stands for no product: said once, gone with the next scan, with the way to create it. */
export function UnknownCode({ code, mayWrite }: { code: string; mayWrite: boolean }) {
  return (
    <p className={classes.notice} role="status" data-testid={PRODUCT_LIST.unknownCode}>
      <IconBarcodeOff size={22} stroke={1.75} aria-hidden />
      <span>
        <Trans>No product has the code {code}</Trans>
      </span>
      {mayWrite && (
        <Button
          component={Link}
          href={`/products/new?code=${encodeURIComponent(code)}`}
          variant="default"
          leftSection={<IconPlus size={18} />}
          data-testid={PRODUCT_LIST.createScanned}
        >
          <Trans>Create the product</Trans>
        </Button>
      )}
    </p>
  );
}

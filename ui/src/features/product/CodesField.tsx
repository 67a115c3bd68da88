import { ActionIcon, Button, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconPlus, IconTrash } from "@tabler/icons-react";

import { newCode, type ProductDraft } from "@/features/product/productDraft";
import classes from "@/features/product/ProductForm.module.css";
import { PRODUCT_FORM } from "@/features/product/testids";

/** The codes of a product, each with the pieces that one scan of it stands for. */
export function CodesField({ form }: { form: UseFormReturnType<ProductDraft> }) {
  const { t } = useLingui();
  return (
    <div className={classes.codes} role="group" aria-label={t`Barcodes`}>
      <p className={classes.codesLabel}>
        <Trans>Barcodes</Trans>
      </p>
      <p className={classes.codesHint}>
        <Trans>The code on a box can stand for all the pieces inside.</Trans>
      </p>
      {form.values.codes.map((entry, index) => (
        <div key={entry.key} className={classes.code}>
          <TextInput
            {...form.getInputProps(`codes.${String(index)}.code`)}
            aria-label={t`Barcode`}
            data-testid={PRODUCT_FORM.code(index)}
          />
          <span className={classes.standsFor}>
            <Trans>stands for</Trans>
          </span>
          <TextInput
            {...form.getInputProps(`codes.${String(index)}.quantity`)}
            inputMode="decimal"
            aria-label={t`Quantity that the code stands for`}
            classNames={{ input: classes.number ?? "" }}
            data-testid={PRODUCT_FORM.codeQuantity(index)}
          />
          <ActionIcon
            size={40}
            variant="subtle"
            color="gray"
            aria-label={t`Remove the code`}
            onClick={() => {
              form.removeListItem("codes", index);
            }}
            data-testid={PRODUCT_FORM.removeCode(index)}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => {
            form.insertListItem("codes", newCode());
          }}
          data-testid={PRODUCT_FORM.addCode}
        >
          <Trans>Add a barcode</Trans>
        </Button>
      </div>
    </div>
  );
}

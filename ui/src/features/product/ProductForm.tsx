import { Button, Group, Select, SimpleGrid, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconDeviceFloppy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { ErrorNotice } from "@/components/ErrorNotice";
import { CategorySelect } from "@/features/product/CategorySelect";
import { CodesField } from "@/features/product/CodesField";
import { useProblemText } from "@/features/product/problemText";
import { draftOf, emptyDraft, inputOf, problemsOf, type ProductDraft } from "@/features/product/productDraft";
import classes from "@/features/product/ProductForm.module.css";
import { unitsQuery, useSaveProduct } from "@/features/product/queries";
import { PRODUCT_FORM } from "@/features/product/testids";
import type { Product } from "@/ipc/bindings";

interface ProductFormProps {
  /** Null for a product that is to be. */
  product: Product | null;
  /** The code that a scan did not know and that this product is created for. */
  code: string | null;
  readOnly: boolean;
  onSaved?: (product: Product) => void;
}

/** What a product is: name, SKU, unit, minimum, price and the codes that stand for it. */
export function ProductForm({ product, code, readOnly, onSaved }: ProductFormProps) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const units = useQuery(unitsQuery);
  const save = useSaveProduct();
  const form = useForm<ProductDraft>({
    initialValues: product === null ? emptyDraft(code) : draftOf(product),
    validate: (draft) =>
      Object.fromEntries(Object.entries(problemsOf(draft)).map(([field, problem]) => [field, problemText(problem)])),
  });
  const submit = form.onSubmit(({ unitId, ...rest }) => {
    if (unitId === null) return;
    save.mutate(
      { known: product, input: inputOf({ ...rest, unitId }) },
      {
        onSuccess: (saved) => {
          notifications.show({ message: t`${saved.name} is saved`, color: "saved" });
          form.resetDirty();
          onSaved?.(saved);
        },
      },
    );
  });
  return (
    <form onSubmit={submit} noValidate>
      <fieldset className={classes.fields} disabled={readOnly || save.isPending}>
        <TextInput
          {...form.getInputProps("name")}
          label={<Trans>Name</Trans>}
          placeholder={t`For example: Nescafé Gold 190 g`}
          withAsterisk
          data-autofocus
          autoFocus={product === null}
          data-testid={PRODUCT_FORM.name}
        />
        <SimpleGrid cols={2} spacing={16}>
          <TextInput
            {...form.getInputProps("sku")}
            label={<Trans>SKU</Trans>}
            description={<Trans>Your own short number for it</Trans>}
            withAsterisk
            data-testid={PRODUCT_FORM.sku}
          />
          <CategorySelect
            value={form.values.categoryId}
            onChange={(categoryId) => {
              form.setFieldValue("categoryId", categoryId);
            }}
          />
          <Select
            {...form.getInputProps("unitId")}
            data={(units.data ?? []).map((unit) => ({ value: unit.id, label: `${unit.name} (${unit.symbol})` }))}
            label={<Trans>Unit</Trans>}
            description={<Trans>What one piece of stock is counted in</Trans>}
            withAsterisk
            allowDeselect={false}
            data-testid={PRODUCT_FORM.unit}
          />
          <TextInput
            {...form.getInputProps("minStock")}
            label={<Trans>Minimum stock</Trans>}
            description={<Trans>Below it the product asks to be bought</Trans>}
            inputMode="decimal"
            classNames={{ input: classes.number ?? "" }}
            data-testid={PRODUCT_FORM.minStock}
          />
          <TextInput
            {...form.getInputProps("price")}
            label={product === null ? <Trans>Price</Trans> : <Trans>Price, {product.currency}</Trans>}
            description={<Trans>For one unit</Trans>}
            inputMode="decimal"
            classNames={{ input: classes.number ?? "" }}
            data-testid={PRODUCT_FORM.price}
          />
        </SimpleGrid>
        <CodesField form={form} />
        <Switch
          {...form.getInputProps("ownLabel", { type: "checkbox" })}
          label={<Trans>Label of our own</Trans>}
          description={<Trans>A QR code with our number, for goods that carry no barcode</Trans>}
          data-testid={PRODUCT_FORM.ownLabel}
        />
      </fieldset>
      {save.isError && <ErrorNotice error={save.error} />}
      {!readOnly && (
        <Group justify="flex-end" mt={20}>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={product !== null && !form.isDirty()}
            leftSection={<IconDeviceFloppy size={18} />}
            data-testid={PRODUCT_FORM.save}
          >
            <Trans>Save</Trans>
          </Button>
        </Group>
      )}
    </form>
  );
}

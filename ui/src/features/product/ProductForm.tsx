import { Button, Select, SimpleGrid, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconDeviceFloppy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import { ErrorNotice } from "@/components/ErrorNotice";
import { useCurrencyName } from "@/components/useCurrencyName";
import { CategorySelect } from "@/features/product/CategorySelect";
import { CodesField } from "@/features/product/CodesField";
import { useProblemText } from "@/features/product/problemText";
import { draftOf, emptyDraft, inputOf, newCode, problemsOf, type ProductDraft } from "@/features/product/productDraft";
import classes from "@/features/product/ProductForm.module.css";
import { unitsQuery, useLookUpScan, useSaveProduct } from "@/features/product/queries";
import { PRODUCT_FORM } from "@/features/product/testids";
import type { Product, Unit } from "@/ipc/bindings";
import { useScanner } from "@/scan/useScanner";

interface ProductFormProps {
  /** Null for a product that is to be. */
  product: Product | null;
  /** The code that a scan did not know and that this product is created for. */
  code: string | null;
  onSaved?: (product: Product) => void;
}

/** What a product is: name, SKU, unit, minimum, price and the codes that stand for it. */
export function ProductForm({ product, code, onSaved }: ProductFormProps) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const currency = useCurrencyName()(product?.currency ?? "");
  const units = useQuery(unitsQuery);
  const save = useSaveProduct();
  const form = useForm<ProductDraft>({
    initialValues: product === null ? emptyDraft(code) : draftOf(product),
    validate: (draft) =>
      Object.fromEntries(Object.entries(problemsOf(draft)).map(([field, problem]) => [field, problemText(problem)])),
  });
  const scan = useLookUpScan();
  useScanner({
    mode: "shared",
    onScan: (strokes) => {
      scan.mutate(strokes, {
        onSuccess: ({ code: scanned, productId }) => {
          const isHere = form.getValues().codes.some((entry) => entry.code === scanned);
          if (productId === null && !isHere) form.insertListItem("codes", newCode(scanned));
        },
      });
    },
  });
  const foreignCode = scan.data && scan.data.productId !== null && scan.data.productId !== product?.id ? scan.data.code : null;
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
      <fieldset className={classes.fields} disabled={save.isPending}>
        <TextInput
          {...form.getInputProps("name")}
          label={<Trans>Name</Trans>}
          placeholder={t`For example: Nescafé Gold 190 g`}
          withAsterisk
          data-autofocus
          autoFocus={product === null}
          data-testid={PRODUCT_FORM.name}
        />
        <SimpleGrid cols={2} spacing={16} verticalSpacing={16}>
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
        </SimpleGrid>
        <SimpleGrid cols={3} spacing={16} verticalSpacing={16}>
          <Select
            {...form.getInputProps("unitId")}
            data={(units.data ?? []).map((unit) => ({ value: unit.id, label: unitLabel(unit) }))}
            label={<Trans>Unit</Trans>}
            description={<Trans>What it is counted in</Trans>}
            withAsterisk
            allowDeselect={false}
            data-testid={PRODUCT_FORM.unit}
          />
          <TextInput
            {...form.getInputProps("minStock")}
            label={<Trans>Minimum stock</Trans>}
            description={<Trans>Below it, buy more</Trans>}
            inputMode="decimal"
            classNames={{ input: classes.number ?? "" }}
            data-testid={PRODUCT_FORM.minStock}
          />
          <TextInput
            {...form.getInputProps("price")}
            label={product === null ? <Trans>Price</Trans> : <Trans>Price, {currency}</Trans>}
            description={<Trans>For one unit</Trans>}
            inputMode="decimal"
            classNames={{ input: classes.number ?? "" }}
            data-testid={PRODUCT_FORM.price}
          />
        </SimpleGrid>
        <CodesField form={form} />
        {foreignCode !== null && (
          <p className={classes.elsewhere} role="alert">
            <Trans>The code {foreignCode} belongs to another product</Trans>
          </p>
        )}
        {product !== null && (
          <Switch
            {...form.getInputProps("active", { type: "checkbox" })}
            label={<Trans>In use</Trans>}
            description={<Trans>Switched off, it can no longer be moved; its history stays</Trans>}
            data-testid={PRODUCT_FORM.active}
          />
        )}
        <Switch
          {...form.getInputProps("ownLabel", { type: "checkbox" })}
          label={<Trans>Label of our own</Trans>}
          description={<Trans>A QR code with our number, for goods that carry no barcode</Trans>}
          data-testid={PRODUCT_FORM.ownLabel}
        />
      </fieldset>
      {scan.isError && <ErrorNotice error={scan.error} />}
      {save.isError && <ErrorNotice error={save.error} />}
      <div className={classes.save}>
        <Button
          type="submit"
          loading={save.isPending}
          disabled={product !== null && !form.isDirty()}
          leftSection={<IconDeviceFloppy size={18} />}
          data-testid={PRODUCT_FORM.save}
        >
          <Trans>Save</Trans>
        </Button>
      </div>
    </form>
  );
}

function unitLabel({ name, symbol }: Unit): string {
  return name === symbol ? name : `${name} (${symbol})`;
}

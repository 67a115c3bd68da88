import { Select } from "@mantine/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useFailureText } from "@/components/useFailureText";
import { categoriesQuery, useCreateCategory } from "@/features/product/queries";
import { PRODUCT_FORM } from "@/features/product/testids";

interface CategorySelectProps {
  value: string | null;
  onChange: (categoryId: string | null) => void;
}

/** The value of the choice that makes the category that was typed. */
const CREATE = "create";

/** Chooses a category; a name that does not exist yet can be created on the spot. */
export function CategorySelect({ value, onChange }: CategorySelectProps) {
  const { t } = useLingui();
  const failureText = useFailureText();
  const [typed, setTyped] = useState("");
  const categories = useQuery(categoriesQuery);
  const create = useCreateCategory();
  const known = categories.data ?? [];
  const name = typed.trim();
  const isNew = name !== "" && !known.some((category) => category.name.toLowerCase() === name.toLowerCase());
  return (
    <Select
      label={<Trans>Category</Trans>}
      description={<Trans>Type a new name to create one</Trans>}
      data={[
        ...known.map((category) => ({ value: category.id, label: category.name })),
        ...(isNew ? [{ value: CREATE, label: t`Create “${name}”` }] : []),
      ]}
      filter={({ options, search }) =>
        options.filter(
          (option) =>
            "value" in option &&
            (option.value === CREATE || option.label.toLowerCase().includes(search.trim().toLowerCase())),
        )
      }
      value={value}
      searchable
      clearable
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(chosen) => {
        if (chosen !== CREATE) onChange(chosen);
        else
          create.mutate(name, {
            onSuccess: (category) => {
              onChange(category.id);
            },
          });
      }}
      error={create.isError ? failureText(create.error) : undefined}
      disabled={create.isPending}
      data-testid={PRODUCT_FORM.category}
    />
  );
}

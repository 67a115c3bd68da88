import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { Trans, useLingui } from "@lingui/react/macro";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { FilterBar } from "@/components/FilterBar";
import { DayField } from "@/features/movement/DayField";
import { isFiltered, KINDS, PERIODS, readFilter, type MovementFilter } from "@/features/movement/movementFilter";
import { filterEmployeesQuery, filterProductQuery, filterUsersQuery } from "@/features/movement/queries";
import { MOVEMENT_LIST } from "@/features/movement/testids";
import { useRole } from "@/session/session";

const DEBOUNCE_MS = 150;
const EVERYTHING = readFilter(new URLSearchParams());

interface MovementFiltersProps {
  filter: MovementFilter;
  onChange: (filter: MovementFilter) => void;
}

/** Narrows the history: words, kind, period and people; a product comes from its own page or a scan. */
export function MovementFilters({ filter, onChange }: MovementFiltersProps) {
  const { t } = useLingui();
  const [text, setText] = useState(filter.text);
  const search = useDebouncedCallback((typed: string) => {
    onChange({ ...filter, text: typed });
  }, DEBOUNCE_MS);
  const kindNames = {
    receipt: t`In`,
    issue: t`Out`,
    transfer: t`Transfer`,
    opening: t`Opening`,
    reversal: t`Reversal`,
  };
  const periodNames = {
    all: t`Any time`,
    today: t`Today`,
    week: t`Last 7 days`,
    month: t`Last 30 days`,
    between: t`From … to …`,
  };
  return (
    <FilterBar
      aside={
        isFiltered(filter) && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconX size={16} />}
            onClick={() => {
              setText("");
              onChange(EVERYTHING);
            }}
            data-testid={MOVEMENT_LIST.clear}
          >
            <Trans>Show everything</Trans>
          </Button>
        )
      }
    >
      <TextInput
        w={230}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
        leftSection={<IconSearch size={18} />}
        placeholder={t`Product or SKU`}
        aria-label={t`Search movements`}
        data-testid={MOVEMENT_LIST.search}
      />
      <Select
        w={140}
        data={KINDS.map((kind) => ({ value: kind, label: kindNames[kind] }))}
        value={filter.kind}
        clearable
        placeholder={t`Every kind`}
        aria-label={t`Kind`}
        onChange={(value) => {
          onChange({ ...filter, kind: KINDS.find((kind) => kind === value) ?? null });
        }}
        data-testid={MOVEMENT_LIST.kind}
      />
      <Select
        w={150}
        data={PERIODS.map((period) => ({ value: period, label: periodNames[period] }))}
        value={filter.period}
        allowDeselect={false}
        aria-label={t`Period`}
        onChange={(value) => {
          onChange({ ...filter, period: PERIODS.find((period) => period === value) ?? "all" });
        }}
        data-testid={MOVEMENT_LIST.period}
      />
      {filter.period === "between" && (
        <>
          <DayField
            label={t`First day`}
            day={filter.fromDay}
            onChange={(fromDay) => {
              onChange({ ...filter, fromDay });
            }}
            testId={MOVEMENT_LIST.from}
          />
          <DayField
            label={t`Last day`}
            day={filter.toDay}
            onChange={(toDay) => {
              onChange({ ...filter, toDay });
            }}
            testId={MOVEMENT_LIST.to}
          />
        </>
      )}
      <PeopleFilters filter={filter} onChange={onChange} />
      <ChosenProduct filter={filter} onChange={onChange} />
    </FilterBar>
  );
}

/** Who confirmed and under which login; only an Admin may read the list of logins. */
function PeopleFilters({ filter, onChange }: MovementFiltersProps) {
  const { t } = useLingui();
  const isAdmin = useRole() === "admin";
  const employees = useQuery({ ...filterEmployeesQuery, enabled: isAdmin });
  const users = useQuery({ ...filterUsersQuery, enabled: isAdmin });
  if (!isAdmin) return null;
  return (
    <>
      <Select
        w={170}
        data={(employees.data ?? []).map((employee) => ({ value: employee.id, label: employee.name }))}
        value={filter.employeeId}
        clearable
        searchable
        placeholder={t`Every employee`}
        aria-label={t`Employee`}
        onChange={(employeeId) => {
          onChange({ ...filter, employeeId });
        }}
        data-testid={MOVEMENT_LIST.employee}
      />
      <Select
        w={190}
        data={(users.data ?? []).map((user) => ({ value: user.id, label: user.name }))}
        value={filter.userId}
        clearable
        searchable
        placeholder={t`Every user`}
        aria-label={t`User`}
        onChange={(userId) => {
          onChange({ ...filter, userId });
        }}
        data-testid={MOVEMENT_LIST.user}
      />
    </>
  );
}

function ChosenProduct({ filter, onChange }: MovementFiltersProps) {
  const { t } = useLingui();
  const product = useQuery(filterProductQuery(filter.productId));
  if (filter.productId === null) return null;
  return (
    <Button
      variant="light"
      rightSection={<IconX size={16} />}
      aria-label={t`Every product again`}
      onClick={() => {
        onChange({ ...filter, productId: null });
      }}
    >
      {product.data?.name ?? "…"}
    </Button>
  );
}

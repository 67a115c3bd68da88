import { Trans, useLingui } from "@lingui/react/macro";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ErrorNotice } from "@/components/ErrorNotice";
import { moveByArrows } from "@/desk/worker/arrows";
import { found } from "@/desk/worker/found";
import classes from "@/desk/worker/VouchPanel.module.css";
import { employeesQuery } from "@/features/employee/queries";
import type { Employee } from "@/ipc/bindings";
import { TEST_IDS } from "@/testids";

const COLUMNS = 3;

/** For whom: everybody who works here, by name. Enter takes the first, the arrows go through them. */
export function VouchWhom({ onChoose }: { onChoose: (employee: Employee) => void }) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const employees = useQuery(employeesQuery);
  const fitting = found(employees.data ?? [], words);
  if (employees.isError) return <ErrorNotice error={employees.error} onRetry={() => void employees.refetch()} />;
  return (
    <form
      className={classes.whom}
      onSubmit={(event) => {
        event.preventDefault();
        const [first] = fitting;
        if (first !== undefined) onChoose(first);
      }}
      onKeyDown={(event) => {
        moveByArrows(event, COLUMNS);
      }}
    >
      <label className={classes.search}>
        <IconSearch size={20} stroke={1.75} aria-hidden />
        <input
          value={words}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder={t`Name of the employee`}
          aria-label={t`Name of the employee`}
          onChange={(event) => {
            setWords(event.target.value);
          }}
          data-testid={TEST_IDS.vouchSearch}
        />
      </label>
      <div className={classes.people}>
        {fitting.map((employee, at) => (
          <button
            key={employee.id}
            type="button"
            className={classes.person}
            data-choice
            data-first={(words !== "" && at === 0) || undefined}
            onClick={() => {
              onChoose(employee);
            }}
            data-testid={TEST_IDS.vouchFor(employee.id)}
          >
            {employee.name}
          </button>
        ))}
        {employees.data !== undefined && fitting.length === 0 && (
          <p className={classes.nobody}>
            <Trans>Nobody here is called that.</Trans>
          </p>
        )}
      </div>
    </form>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { useState } from "react";

import { Panel } from "@/components/Panel";
import { FIELDS, NOT_TAKEN, takenField } from "@/features/takeover/fields";
import classes from "@/features/takeover/TakeoverPage.module.css";
import { TAKEOVER } from "@/features/takeover/testids";
import type { ColumnCorrection, ColumnMeaning } from "@/ipc/bindings";

const SHOWN = 8;

interface MappingPanelProps {
  columns: ColumnMeaning[];
  busy: boolean;
  onCorrect: (correction: ColumnCorrection) => void;
}

/** What every column was taken for; a wrong one is put right here, and everything is read anew. */
export function MappingPanel({ columns, busy, onCorrect }: MappingPanelProps) {
  const { t } = useLingui();
  const [isWhole, setIsWhole] = useState(false);
  const several = new Set(columns.map(({ part }) => part)).size > 1;
  const choices = [
    { value: NOT_TAKEN, label: t`not taken` },
    ...Object.entries(FIELDS).map(([value, label]) => ({ value, label: t(label) })),
  ];
  const count = columns.length;
  return (
    <Panel
      title={<Trans>Columns</Trans>}
      explanation={<Trans>Where a column was mistaken, choose what it holds.</Trans>}
    >
      <ul className={classes.mapping}>
        {(isWhole ? columns : columns.slice(0, SHOWN)).map(({ part, column, field }) => (
          <li key={`${part}/${column}`}>
            <span className={classes.column} title={column}>
              {column}
              {several && <small>{part}</small>}
            </span>
            <Select
              w={210}
              size="sm"
              data={choices}
              value={takenField(field)}
              allowDeselect={false}
              searchable
              disabled={busy}
              aria-label={t`What the column ${column} holds`}
              onChange={(chosen) => {
                if (chosen !== null && chosen !== takenField(field)) onCorrect({ part, column, field: chosen });
              }}
              data-testid={TAKEOVER.column(part, column)}
            />
          </li>
        ))}
      </ul>
      {count > SHOWN && !isWhole && (
        <Button
          mt={12}
          variant="default"
          onClick={() => {
            setIsWhole(true);
          }}
        >
          <Trans>Show all {count}</Trans>
        </Button>
      )}
    </Panel>
  );
}

import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";

import { parseDay, typedDay } from "@/format/day";

interface DayFieldProps {
  label: string;
  /** `YYYY-MM-DD`. */
  day: string | null;
  onChange: (day: string | null) => void;
  testId: string;
}

/** A day typed as people here write it; it counts as soon as it is one. */
export function DayField({ label, day, onChange, testId }: DayFieldProps) {
  const { t } = useLingui();
  const [text, setText] = useState(typedDay(day));
  const [left, setLeft] = useState(false);
  const isWrong = left && text.trim() !== "" && parseDay(text) === null;
  return (
    <TextInput
      w={128}
      value={text}
      placeholder={t`dd.mm.yyyy`}
      aria-label={label}
      error={isWrong ? t`Day.month.year` : undefined}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        setLeft(false);
        const parsed = parseDay(typed);
        if (parsed !== null || typed.trim() === "") onChange(parsed);
      }}
      onBlur={() => {
        setLeft(true);
      }}
      data-testid={testId}
    />
  );
}

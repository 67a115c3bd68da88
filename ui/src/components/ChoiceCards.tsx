import { useId, type ReactNode } from "react";

import classes from "@/components/ChoiceCards.module.css";

/** One of a few ways, each explained in its own words. */
export interface Choice<Value extends string> {
  value: Value;
  icon: ReactNode;
  title: ReactNode;
  text: ReactNode;
  /** A word beside the title: what is recommended, what is stronger. */
  mark?: ReactNode;
}

interface ChoiceCardsProps<Value extends string> {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** Beside each other where there is room. */
  columns?: 1 | 2;
  testId: (value: Value) => string;
}

/** A choice among a few cards; arrow keys go through them as through any radio buttons. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const { label, choices, value, onChange, columns = 1, testId } = props;
  const name = useId();
  return (
    <div className={classes.cards} role="radiogroup" aria-label={label} data-columns={columns}>
      {choices.map((choice) => (
        <label key={choice.value} className={classes.card} data-chosen={choice.value === value || undefined}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => {
              onChange(choice.value);
            }}
            data-testid={testId(choice.value)}
          />
          <span className={classes.icon}>{choice.icon}</span>
          <span className={classes.words}>
            <span className={classes.title}>
              {choice.title}
              {choice.mark}
            </span>
            <span className={classes.text}>{choice.text}</span>
          </span>
        </label>
      ))}
    </div>
  );
}

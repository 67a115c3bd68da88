import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";

import classes from "@/desk/worker/KeyBar.module.css";
import { TEST_IDS } from "@/testids";

interface TypeCodeBarProps {
  onCode: (code: string) => void;
  onClose: () => void;
}

/** For a label that no scanner reads any more: the code by hand, in the place of the key hints. */
export function TypeCodeBar({ onCode, onClose }: TypeCodeBarProps) {
  const { t } = useLingui();
  const [code, setCode] = useState("");
  return (
    <footer className={classes.bar}>
      <form
        className={classes.form}
        data-testid={TEST_IDS.typeCode}
        onSubmit={(event) => {
          event.preventDefault();
          if (code.trim() !== "") onCode(code.trim());
        }}
        onKeyDown={(event) => {
          if (event.code === "Escape" || event.code === "F6") onClose();
        }}
      >
        <label className={classes.label} htmlFor={TEST_IDS.typeCodeInput}>
          <Trans>Type the code</Trans>
        </label>
        <input
          id={TEST_IDS.typeCodeInput}
          className={classes.input}
          value={code}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder={t`The digits below the bars`}
          onChange={(event) => {
            setCode(event.target.value);
          }}
          data-testid={TEST_IDS.typeCodeInput}
        />
        <Button type="submit" data-testid={TEST_IDS.typeCodeSubmit}>
          <Trans>Find</Trans>
        </Button>
        <Button variant="default" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      </form>
    </footer>
  );
}

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";

import { useFailureText } from "@/components/useFailureText";
import { useWait } from "@/desk/worker/useWait";
import type { Vouching } from "@/desk/worker/useVouching";
import classes from "@/desk/worker/VouchPanel.module.css";
import type { Employee } from "@/ipc/bindings";
import { TEST_IDS } from "@/testids";

/** An Admin answers with their password; after a wrong one the desk says how long to wait. */
export function VouchPassword({ vouching, employee }: { vouching: Vouching; employee: Employee }) {
  const { t } = useLingui();
  const failureText = useFailureText();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const waitSeconds = useWait(vouching.error);
  const seconds = String(waitSeconds);
  const isReady = login.trim() !== "" && password !== "" && waitSeconds === 0;
  return (
    <form
      className={classes.password}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady || vouching.pending) return;
        setPassword("");
        vouching.submitPassword(employee, login.trim(), password);
      }}
    >
      <div className={classes.fields}>
        <TextInput
          label={t`Admin’s login`}
          value={login}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          size="md"
          onChange={(event) => {
            setLogin(event.currentTarget.value);
          }}
          data-testid={TEST_IDS.vouchLogin}
        />
        <PasswordInput
          label={t`Admin’s password`}
          value={password}
          autoComplete="off"
          size="md"
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
          data-testid={TEST_IDS.vouchPassword}
        />
        <Button
          type="submit"
          h={44}
          loading={vouching.pending}
          disabled={!isReady}
          data-testid={TEST_IDS.vouchSubmit}
        >
          {waitSeconds > 0 ? <Trans>Wait {seconds} s</Trans> : <Trans>Vouch</Trans>}
        </Button>
      </div>
      <p className={classes.problem} role="alert">
        {vouching.error !== null && failureText(vouching.error)}
      </p>
    </form>
  );
}

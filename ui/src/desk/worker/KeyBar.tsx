import { Trans, useLingui } from "@lingui/react/macro";
import { IconQrcode } from "@tabler/icons-react";

import { Key } from "@/components/Key";
import classes from "@/desk/worker/KeyBar.module.css";
import type { DeskKey, Phase } from "@/ipc/bindings";

interface KeyBarProps {
  phase: Phase;
  onKey: (key: DeskKey) => void;
  onHistory: () => void;
  onTypeCode: () => void;
}

interface Hint {
  caps: string;
  text: string;
  press?: () => void;
}

/** Which keys do what now. Each hint can be touched too. */
export function KeyBar({ phase, onKey, onHistory, onTypeCode }: KeyBarProps) {
  const { t } = useLingui();
  const key = (caps: string, text: string, deskKey: DeskKey): Hint => ({
    caps,
    text,
    press: () => {
      onKey(deskKey);
    },
  });
  const between: Hint[] = [
    key("F2", t`In`, "in"),
    key("F3", t`Out`, "out"),
    { caps: "F4", text: t`History`, press: onHistory },
    { caps: "F6", text: t`Type a code`, press: onTypeCode },
  ];
  const gathering: Hint[] = [
    key("Enter", t`Save`, "enter"),
    { caps: "1–9", text: t`Quantity` },
    key("⌫", t`Take a line out`, "backspace"),
    key("Esc", t`Cancel`, "escape"),
    { caps: "F6", text: t`Type a code`, press: onTypeCode },
  ];
  const hints = phase === "ready" || phase === "saved" ? between : gathering;
  return (
    <footer className={classes.bar}>
      {hints.map(({ caps, text, press }) => (
        <button key={caps} type="button" tabIndex={-1} className={classes.hint} onClick={press} disabled={press === undefined}>
          <Key>{caps}</Key>
          {text}
        </button>
      ))}
      <span className={classes.cards}>
        <IconQrcode size={20} stroke={1.75} aria-hidden />
        <Trans>The command card works too: IN · OUT · SAVE · CANCEL</Trans>
      </span>
    </footer>
  );
}

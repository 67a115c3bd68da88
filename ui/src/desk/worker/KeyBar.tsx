import { Trans, useLingui } from "@lingui/react/macro";
import { IconQrcode } from "@tabler/icons-react";

import { Key } from "@/components/Key";
import classes from "@/desk/worker/KeyBar.module.css";
import type { DeskKey, Phase } from "@/ipc/bindings";
import type { DeskFunction } from "@/scan/keys";

interface KeyBarProps {
  /** The phase of the flow, or what goes on beside it. */
  moment: Phase | "waysOn" | "retryOnly" | "vouching";
  onKey: (key: DeskKey) => void;
  onFunction: (name: DeskFunction) => void;
}

interface Hint {
  caps: string;
  text: string;
  press?: () => void;
}

/** Which keys do what now. Each hint can be touched too. */
export function KeyBar({ moment, onKey, onFunction }: KeyBarProps) {
  const { t } = useLingui();
  const key = (caps: string, text: string, deskKey: DeskKey): Hint => ({
    caps,
    text,
    press: () => {
      onKey(deskKey);
    },
  });
  const open = (caps: string, text: string, name: DeskFunction): Hint => ({
    caps,
    text,
    press: () => {
      onFunction(name);
    },
  });
  const between: Hint[] = [
    key("F2", t`In`, "in"),
    key("F3", t`Out`, "out"),
    open("F4", t`History`, "history"),
    open("F6", t`Type a code`, "typeCode"),
  ];
  const gathering: Hint[] = [
    key("Enter", t`Save`, "enter"),
    { caps: "1–9", text: t`Quantity` },
    key("⌫", t`Take a line out`, "backspace"),
    key("Esc", t`Cancel`, "escape"),
    open("F6", t`Type a code`, "typeCode"),
  ];
  const retryOnly: Hint[] = [open("F8", t`Look again`, "retryFace"), key("Esc", t`Cancel`, "escape")];
  const waysOn: Hint[] = retryOnly.toSpliced(1, 0, open("F9", t`Vouch`, "vouch"));
  const vouching: Hint[] = [
    { caps: "← ↑ ↓ →", text: t`Go to` },
    { caps: "Enter", text: t`Choose` },
    { caps: "Esc", text: t`Back` },
  ];
  const flow = { ready: between, saved: between, gathering, face: gathering, saving: gathering, refused: gathering };
  const hints = { ...flow, waysOn, retryOnly, vouching }[moment];
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

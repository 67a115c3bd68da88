import { Plural, Trans } from "@lingui/react/macro";
import { IconFaceId, IconKey } from "@tabler/icons-react";
import { useEffect, useEffectEvent, type ReactNode } from "react";

import { Key } from "@/components/Key";
import { useFailureText } from "@/components/useFailureText";
import { moveByArrows } from "@/desk/worker/arrows";
import type { Vouching, VouchStep } from "@/desk/worker/useVouching";
import { VouchPassword } from "@/desk/worker/VouchPassword";
import classes from "@/desk/worker/VouchPanel.module.css";
import { VouchWhom } from "@/desk/worker/VouchWhom";
import { quantity } from "@/format/quantity";
import type { Employee } from "@/ipc/bindings";
import { TEST_IDS } from "@/testids";

interface VouchPanelProps {
  vouching: Vouching;
  step: VouchStep;
  /** Lines of the document that waits. */
  waiting: number;
}

/** In the place of the lines: somebody else answers for the employee. The document waits meanwhile. */
export function VouchPanel({ vouching, step, waiting }: VouchPanelProps) {
  const { back } = vouching;
  const figure = quantity(String(waiting));
  const onEscape = useEffectEvent((event: KeyboardEvent) => {
    if (event.code === "Escape") back();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      onEscape(event);
    };
    window.addEventListener("keydown", listener);
    return () => {
      window.removeEventListener("keydown", listener);
    };
  }, []);
  return (
    <section className={classes.panel} data-testid={TEST_IDS.vouchPanel} data-step={step.at}>
      <header className={classes.head}>
        <h2 className={classes.title}>
          <Title step={step} />
        </h2>
        <span className={classes.waiting}>
          <Plural value={waiting} one={`${figure} line waits`} other={`${figure} lines wait`} />
        </span>
        <button type="button" className={classes.back} onClick={back} data-testid={TEST_IDS.vouchBack}>
          <Key>{"Esc"}</Key>
          <Trans>Back</Trans>
        </button>
      </header>
      <Step vouching={vouching} step={step} />
    </section>
  );
}

function Title({ step }: { step: VouchStep }) {
  switch (step.at) {
    case "whom":
      return <Trans>Whose movement is it?</Trans>;
    case "how":
    case "password": {
      const { name } = step.employee;
      return <Trans>Who vouches for {name}?</Trans>;
    }
    case "face": {
      const { name } = step;
      return <Trans>Another employee vouches for {name}</Trans>;
    }
  }
}

function Step({ vouching, step }: { vouching: Vouching; step: VouchStep }) {
  switch (step.at) {
    case "whom":
      return <VouchWhom onChoose={vouching.choose} />;
    case "how":
      return <How vouching={vouching} employee={step.employee} />;
    case "password":
      return <VouchPassword vouching={vouching} employee={step.employee} />;
    case "face":
      return (
        <div className={classes.look} role="status">
          <IconFaceId size={64} stroke={1.5} aria-hidden />
          <p>
            <Trans>The other employee looks at the camera now. What they confirm is written under both names.</Trans>
          </p>
        </div>
      );
  }
}

function How({ vouching, employee }: { vouching: Vouching; employee: Employee }) {
  const failureText = useFailureText();
  return (
    <>
      <div
        className={classes.ways}
        onKeyDown={(event) => {
          moveByArrows(event, 1);
        }}
      >
        <Way
          icon={<IconFaceId size={44} stroke={1.5} aria-hidden />}
          name={<Trans>Another employee’s face</Trans>}
          text={<Trans>A colleague looks at the camera.</Trans>}
          onClick={() => {
            vouching.byFace(employee);
          }}
          autoFocus
          testId={TEST_IDS.vouchByFace}
        />
        <Way
          icon={<IconKey size={44} stroke={1.5} aria-hidden />}
          name={<Trans>An Admin’s password</Trans>}
          text={<Trans>The Admin types it at this desk.</Trans>}
          onClick={() => {
            vouching.byPassword(employee);
          }}
          testId={TEST_IDS.vouchByPassword}
        />
      </div>
      <p className={classes.problem} role="alert">
        {vouching.error !== null && failureText(vouching.error)}
      </p>
    </>
  );
}

interface WayProps {
  icon: ReactNode;
  name: ReactNode;
  text: ReactNode;
  onClick: () => void;
  autoFocus?: boolean;
  testId: string;
}

function Way({ icon, name, text, onClick, autoFocus = false, testId }: WayProps) {
  return (
    <button type="button" className={classes.way} data-choice onClick={onClick} autoFocus={autoFocus} data-testid={testId}>
      {icon}
      <strong>{name}</strong>
      <span>{text}</span>
    </button>
  );
}

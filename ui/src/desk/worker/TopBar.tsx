import { Trans } from "@lingui/react/macro";
import { IconDownload, IconUpload } from "@tabler/icons-react";
import { useEffect, useState } from "react";

import { Brand } from "@/components/Brand";
import { useHealth } from "@/desk/health";
import { UserMenu } from "@/desk/shell/UserMenu";
import { HealthDots } from "@/desk/worker/HealthDots";
import classes from "@/desk/worker/TopBar.module.css";
import { clock } from "@/format/date";
import type { Direction } from "@/ipc/bindings";
import { TEST_IDS } from "@/testids";

interface TopBarProps {
  mode: Direction | null;
  onMode: (mode: Direction) => void;
  onLeave: () => void;
}

/** In or out, how the station is, who is here, and the time. */
export function TopBar({ mode, onMode, onLeave }: TopBarProps) {
  return (
    <header className={classes.bar}>
      <Brand />
      <div className={classes.modes}>
        <button
          type="button"
          tabIndex={-1}
          className={classes.mode}
          data-mode="in"
          aria-pressed={mode === "in"}
          onClick={() => {
            onMode("in");
          }}
          data-testid={TEST_IDS.deskModeIn}
        >
          <IconDownload size={24} stroke={1.75} aria-hidden />
          <Trans>In</Trans>
        </button>
        <button
          type="button"
          tabIndex={-1}
          className={classes.mode}
          data-mode="out"
          aria-pressed={mode === "out"}
          onClick={() => {
            onMode("out");
          }}
          data-testid={TEST_IDS.deskModeOut}
        >
          <IconUpload size={24} stroke={1.75} aria-hidden />
          <Trans>Out</Trans>
        </button>
      </div>
      <div className={classes.right}>
        <HealthDots health={useHealth()} />
        <UserMenu layout="line" onLeave={onLeave} />
        <Clock />
      </div>
    </header>
  );
}

function Clock() {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(new Date());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return <time className={classes.clock}>{clock(now)}</time>;
}

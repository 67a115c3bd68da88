import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";

import { CameraPanel } from "@/desk/worker/CameraPanel";
import classes from "@/desk/worker/DeskScreen.module.css";
import { KeyBar } from "@/desk/worker/KeyBar";
import { LinesPanel } from "@/desk/worker/LinesPanel";
import { MainPanel } from "@/desk/worker/MainPanel";
import { RecentPanel } from "@/desk/worker/RecentPanel";
import { TopBar } from "@/desk/worker/TopBar";
import { TypeCodeBar } from "@/desk/worker/TypeCodeBar";
import { useDesk } from "@/desk/worker/useDesk";
import { useDeskKeys } from "@/desk/worker/useDeskKeys";
import { commands } from "@/ipc/client";
import { TEST_IDS } from "@/testids";

/** The worker's screen. It draws what the desk tells; the flow itself is the desk's. */
export function DeskScreen({ onLeave }: { onLeave: () => void }) {
  const desk = useDesk();
  const [, navigate] = useLocation();
  const [typing, setTyping] = useState(false);
  const settings = useQuery({ queryKey: ["settings", "station"], queryFn: () => commands.getSettings() });
  const openHistory = () => {
    navigate("/movements");
  };
  const openTypeCode = () => {
    setTyping(true);
  };
  useDeskKeys({
    paused: typing,
    maxGapMs: settings.data?.maxGapMs,
    onScan: (strokes) => {
      setTyping(false);
      desk.follow(commands.deskScan(strokes));
    },
    onKey: desk.press,
    onHistory: openHistory,
    onTypeCode: openTypeCode,
  });

  const { state } = desk;
  const alone = state?.phase === "ready" || state === null;
  return (
    <div className={classes.desk} data-testid={TEST_IDS.desk} data-phase={state?.phase}>
      <TopBar mode={state?.mode ?? null} health={desk.health} onMode={desk.press} onLeave={onLeave} />
      <main className={classes.regions}>
        <div className={classes.goods} data-alone={alone || undefined}>
          <MainPanel desk={desk} />
          {!alone && <LinesPanel state={state} onTake={desk.takeLine} />}
        </div>
        <div className={classes.person}>
          <CameraPanel face={desk.face} confirmation={state?.confirmation ?? null} />
          <RecentPanel recent={state?.recent} />
        </div>
      </main>
      {typing ? (
        <TypeCodeBar
          onCode={(code) => {
            setTyping(false);
            desk.typeCode(code);
          }}
          onClose={() => {
            setTyping(false);
          }}
        />
      ) : (
        <KeyBar phase={state?.phase ?? "ready"} onKey={desk.press} onHistory={openHistory} onTypeCode={openTypeCode} />
      )}
    </div>
  );
}

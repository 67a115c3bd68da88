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
import { useVouching } from "@/desk/worker/useVouching";
import { VouchPanel } from "@/desk/worker/VouchPanel";
import { WaysOnPanel } from "@/desk/worker/WaysOnPanel";
import { commands } from "@/ipc/client";
import type { DeskFunction } from "@/scan/keys";
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
  const { state, face } = desk;
  const vouching = useVouching(state?.phase, face.vouchingFor);
  const mayVouch = settings.data?.vouching ?? false;
  const hasWaysOn = state?.phase === "face" && face.waysOn;
  const openFunction = (name: DeskFunction) => {
    if (name === "history") openHistory();
    if (name === "typeCode") openTypeCode();
    if (name === "retryFace" && hasWaysOn) desk.retryFace();
    if (name === "vouch" && hasWaysOn && mayVouch) vouching.begin();
  };
  useDeskKeys({
    paused: typing || vouching.step !== null,
    maxGapMs: settings.data?.maxGapMs,
    onScan: (strokes) => {
      setTyping(false);
      desk.scan(strokes);
    },
    onKey: desk.press,
    onFunction: openFunction,
  });

  const wayOn = mayVouch ? "waysOn" : "retryOnly";
  const moment = vouching.step !== null ? "vouching" : hasWaysOn ? wayOn : (state?.phase ?? "ready");
  const alone = state?.phase === "ready" || state === null;
  return (
    <div className={classes.desk} data-testid={TEST_IDS.desk} data-phase={state?.phase}>
      <TopBar mode={state?.mode ?? null} onMode={desk.press} onLeave={onLeave} />
      <main className={classes.regions}>
        <div className={classes.goods} data-alone={alone || undefined}>
          <MainPanel desk={desk} />
          {!alone && vouching.step !== null && (
            <VouchPanel vouching={vouching} step={vouching.step} waiting={state.lines.length} />
          )}
          {!alone && vouching.step === null && <LinesPanel state={state} onTake={desk.takeLine} />}
        </div>
        <div className={classes.person}>
          <CameraPanel face={face} confirmation={state?.confirmation ?? null} />
          {hasWaysOn && vouching.step === null ? (
            <WaysOnPanel vouching={mayVouch} onRetry={desk.retryFace} onVouch={vouching.begin} />
          ) : (
            <RecentPanel recent={state?.recent} />
          )}
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
        <KeyBar
          moment={moment}
          onKey={desk.press}
          onFunction={openFunction}
        />
      )}
    </div>
  );
}

import { useLingui } from "@lingui/react";
import { useLocation } from "wouter";

import { Rooms } from "@/desk/Rooms";
import { firstPath } from "@/desk/shell/rooms";
import { FailureScreen } from "@/desk/start/FailureScreen";
import { FirstRunScreen } from "@/desk/start/FirstRunScreen";
import { LogInScreen } from "@/desk/start/LogInScreen";
import { StartScreen } from "@/desk/start/StartScreen";
import { useStart } from "@/desk/useStart";
import type { Session } from "@/ipc/bindings";
import { SessionContext } from "@/session/session";

/** The window: what it shows depends on how far the house is open. */
export function App() {
  // A change of language draws everything anew: numbers and dates follow it too.
  useLingui();
  const { status, session, expired, enter, leave } = useStart();
  const [, navigate] = useLocation();
  const comeIn = (entered: Session) => {
    navigate(firstPath(entered.role), { replace: true });
    enter(entered);
  };
  if (status === null || status.phase === "starting") return <StartScreen step={status?.step ?? null} />;
  if (status.phase === "failed") return <FailureScreen failure={status.failure} />;
  if (status.phase === "needsSetup") return <FirstRunScreen onDone={comeIn} />;
  if (session === null) return <LogInScreen expired={expired} onDone={comeIn} />;
  return (
    <SessionContext value={session}>
      <Rooms key={session.sessionId} onLeave={leave} />
    </SessionContext>
  );
}

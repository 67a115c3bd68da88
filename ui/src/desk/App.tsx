import { useLingui } from "@lingui/react";

import { SessionContext } from "@/desk/session";
import { Rooms } from "@/desk/Rooms";
import { FailureScreen } from "@/desk/start/FailureScreen";
import { FirstRunScreen } from "@/desk/start/FirstRunScreen";
import { LogInScreen } from "@/desk/start/LogInScreen";
import { StartScreen } from "@/desk/start/StartScreen";
import { useStart } from "@/desk/useStart";

/** The window: what it shows depends on how far the house is open. */
export function App() {
  // A change of language draws everything anew: numbers and dates follow it too.
  useLingui();
  const { status, session, expired, enter, leave } = useStart();
  if (status === null || status.phase === "starting") return <StartScreen step={status?.step ?? null} />;
  if (status.phase === "failed") return <FailureScreen failure={status.failure} />;
  if (status.phase === "needsSetup") return <FirstRunScreen onDone={enter} />;
  if (session === null) return <LogInScreen expired={expired} onDone={enter} />;
  return (
    <SessionContext value={session}>
      <Rooms key={session.sessionId} onLeave={leave} />
    </SessionContext>
  );
}

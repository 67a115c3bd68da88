import { useCallback, useState } from "react";

import type { DeskKey, DeskState, FaceView, KeyStroke } from "@/ipc/bindings";
import { createTurns } from "@/desk/worker/turns";
import { commands } from "@/ipc/client";
import { useDeskEvent } from "@/ipc/events";
import { asFailure, type CommandFailure } from "@/ipc/failure";

const NO_FACE: FaceView = {
  active: false,
  hint: "noFace",
  progress: 0,
  waysOn: false,
  claimedName: null,
  vouchingFor: null,
};

/** The desk as Rust tells it, and what can be asked of it. */
export interface Desk {
  state: DeskState | null;
  face: FaceView;
  /** The last command was refused as a whole: nobody is logged in any more, no database. */
  failure: CommandFailure | null;
  scan: (strokes: KeyStroke[]) => void;
  press: (key: DeskKey) => void;
  typeCode: (code: string) => void;
  takeLine: (index: number) => void;
  /** Looks for the employee's own face anew. */
  retryFace: () => void;
}

/** An answer and an event may overtake each other: the higher revision is the newer one. */
function newer(known: DeskState | null, next: DeskState): DeskState {
  return known !== null && known.revision > next.revision ? known : next;
}

export function useDesk(): Desk {
  const [state, setState] = useState<DeskState | null>(null);
  const [face, setFace] = useState<FaceView>(NO_FACE);
  const [failure, setFailure] = useState<CommandFailure | null>(null);

  const show = useCallback((next: DeskState) => {
    setFailure(null);
    setState((known) => newer(known, next));
  }, []);
  const fail = useCallback((thrown: unknown) => {
    setFailure(asFailure(thrown));
  }, []);
  const [inTurn] = useState(createTurns);
  const follow = (ask: () => Promise<DeskState>) => {
    inTurn(ask).then(show, fail);
  };

  useDeskEvent("deskChanged", show, () => {
    follow(() => commands.deskState());
  });
  useDeskEvent("faceChanged", setFace, () => {
    commands.faceView().then(setFace, fail);
  });

  return {
    state,
    face,
    failure,
    scan: (strokes) => {
      follow(() => commands.deskScan(strokes));
    },
    press: (key) => {
      follow(() => commands.deskKey(key));
    },
    typeCode: (code) => {
      follow(() => commands.deskTypeCode(code));
    },
    takeLine: (index) => {
      follow(() => commands.deskTakeLine(index));
    },
    retryFace: () => {
      commands.retryFace().catch((thrown: unknown) => {
        // The face came through in that very moment: nothing waits any more, and that is no failure.
        if (asFailure(thrown).code !== "notReady") fail(thrown);
      });
    },
  };
}

import { useCallback, useEffect, useState } from "react";

import type { DeskKey, DeskState, FaceView, StationHealth } from "@/ipc/bindings";
import { commands } from "@/ipc/client";
import { useDeskEvent } from "@/ipc/events";
import { asFailure, type CommandFailure } from "@/ipc/failure";

const NO_FACE: FaceView = { active: false, hint: "noFace", progress: 0 };

/** The desk as Rust tells it, and what can be asked of it. */
export interface Desk {
  state: DeskState | null;
  face: FaceView;
  health: StationHealth | null;
  /** The last command was refused as a whole: nobody is logged in any more, no database. */
  failure: CommandFailure | null;
  press: (key: DeskKey) => void;
  typeCode: (code: string) => void;
  takeLine: (index: number) => void;
  /** Shows the state that a command answered with. */
  follow: (answer: Promise<DeskState>) => void;
}

/** An answer and an event may overtake each other: the higher revision is the newer one. */
function newer(known: DeskState | null, next: DeskState): DeskState {
  return known !== null && known.revision > next.revision ? known : next;
}

export function useDesk(): Desk {
  const [state, setState] = useState<DeskState | null>(null);
  const [face, setFace] = useState<FaceView>(NO_FACE);
  const [health, setHealth] = useState<StationHealth | null>(null);
  const [failure, setFailure] = useState<CommandFailure | null>(null);

  const show = useCallback((next: DeskState) => {
    setFailure(null);
    setState((known) => newer(known, next));
  }, []);
  const fail = useCallback((thrown: unknown) => {
    setFailure(asFailure(thrown));
  }, []);
  const follow = useCallback(
    (answer: Promise<DeskState>) => {
      answer.then(show, fail);
    },
    [show, fail],
  );

  useDeskEvent("deskChanged", show);
  useDeskEvent("faceChanged", setFace);
  useDeskEvent("healthChanged", setHealth);
  useEffect(() => {
    follow(commands.deskState());
    commands.faceView().then(setFace, fail);
    commands.stationHealth().then(setHealth, fail);
  }, [follow, fail]);

  return {
    state,
    face,
    health,
    failure,
    press: (key) => {
      follow(commands.deskKey(key));
    },
    typeCode: (code) => {
      follow(commands.deskTypeCode(code));
    },
    takeLine: (index) => {
      follow(commands.deskTakeLine(index));
    },
    follow,
  };
}

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { FaceHint } from "@/ipc/bindings";

/** What the camera asks of a person: one instruction at a time, short enough to read from two metres. */
export const HINT_TEXTS: Readonly<Record<FaceHint, MessageDescriptor>> = {
  noFace: msg`Look at the camera`,
  twoFaces: msg`Only one person, please`,
  closer: msg`Come closer`,
  farther: msg`Step back a little`,
  moreLight: msg`More light is needed`,
  lessLight: msg`Too much light`,
  lookHere: msg`Look at the camera`,
  holdStill: msg`Keep looking at the camera`,
  good: msg`Keep looking at the camera`,
  notKnown: msg`This face is not known`,
  blink: msg`Close your eyes and open them`,
  turnLeft: msg`Turn your head left and back`,
  turnRight: msg`Turn your head right and back`,
  notLive: msg`That was not seen. Once more`,
  scanBadge: msg`Scan your badge`,
  cameraMissing: msg`The camera does not answer`,
  cameraBusy: msg`Another program has the camera`,
  cameraBlack: msg`The camera sees only black`,
  cameraUpsideDown: msg`The camera is upside down`,
  nobodyEnrolled: msg`No face has been recorded yet`,
};

/** Why there is no picture to show: a drawing and a sentence stand in its place. */
export type BlindHint = Extract<
  FaceHint,
  "cameraMissing" | "cameraBusy" | "cameraBlack" | "cameraUpsideDown" | "nobodyEnrolled"
>;

const BLIND_ADVICE: Readonly<Record<BlindHint, MessageDescriptor>> = {
  cameraMissing: msg`Check its cable.`,
  cameraBusy: msg`Close that program.`,
  cameraBlack: msg`Uncover the lens, or put on the light.`,
  cameraUpsideDown: msg`Turn it round.`,
  nobodyEnrolled: msg`Ask the Admin to record the employees' faces.`,
};

export function isBlind(hint: FaceHint): hint is BlindHint {
  return hint in BLIND_ADVICE;
}

/** What to do so that the camera sees again. */
export function blindAdvice(hint: BlindHint): MessageDescriptor {
  return BLIND_ADVICE[hint];
}

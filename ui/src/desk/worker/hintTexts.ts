import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { FaceHint } from "@/ipc/bindings";

/** What the camera asks of the worker: one instruction at a time, short enough to read from two metres. */
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
  cameraMissing: msg`The camera does not answer`,
  nobodyEnrolled: msg`No face has been recorded yet`,
};

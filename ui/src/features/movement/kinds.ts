import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import { METHODS } from "@/components/methods";

/** Which way old movements went. */
export const OLD_WORDS: Readonly<Record<string, MessageDescriptor>> = { in: msg`In`, out: msg`Out` };

/** What the values of a saved history are called. */
export const SAVED_WORDS: Readonly<Record<string, MessageDescriptor>> = {
  ...METHODS,
  receipt: msg`In`,
  issue: msg`Out`,
  transfer: msg`Transfer`,
  opening: msg`Opening`,
  reversal: msg`Reversal`,
};

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Notice, NoticeCode } from "@/ipc/bindings";

/** What the worker's screen says: the verdict, and what to do next. */
export interface NoticeWording {
  title: MessageDescriptor;
  next: MessageDescriptor | null;
}

const table: Readonly<Record<NoticeCode, NoticeWording>> = {
  unknownCode: { title: msg`Unknown code`, next: msg`Nothing was added. Scan another code of this product.` },
  insufficientStock: {
    title: msg`Not enough in stock`,
    next: msg`Nothing was saved. Take less, or scan the next code.`,
  },
  saved: { title: msg`Saved`, next: msg`Scan the next code` },
  cancelled: { title: msg`Cancelled`, next: msg`Nothing was saved.` },
  productInactive: { title: msg`This product is not used any more`, next: msg`Put it aside and ask the Admin.` },
  scanUnreadable: { title: msg`The code was not read whole`, next: msg`Scan it once more.` },
  lookAtCamera: { title: msg`Look at the camera`, next: null },
  faceNotKnown: { title: msg`This face is not known`, next: msg`Nothing was saved. Step closer and look once more, or ask the Admin.` },
  cameraMissing: { title: msg`The camera does not answer`, next: msg`Check its cable. The lines stay here.` },
  nobodyEnrolled: { title: msg`No face has been recorded yet`, next: msg`Ask the Admin to record the employees' faces.` },
  belowMinimum: { title: msg`Below the minimum`, next: msg`Tell the Admin that it is running out.` },
  quantityInvalid: { title: msg`The quantity can't be like this`, next: msg`Type a number above zero.` },
  nothingToSave: { title: msg`There is nothing to save yet`, next: msg`Scan a product first.` },
  finishFirst: { title: msg`Finish this document first`, next: msg`Enter saves it, Esc cancels it.` },
  restored: { title: msg`Your lines are back`, next: msg`They were kept when Ombor stopped. Go on, or cancel with Esc.` },
  badgeSeen: { title: msg`The badge was read`, next: msg`Look at the camera.` },
  confirmationEnded: { title: msg`The confirmation has run out`, next: msg`Look at the camera once more.` },
  notPermitted: { title: msg`You are not permitted to do this`, next: msg`Nothing was saved. Ask the Admin.` },
  savingAgain: { title: msg`The connection broke while saving`, next: msg`Ombor is trying again. Nothing is saved twice.` },
  error: { title: msg`It was not saved`, next: msg`The lines stay here. Press Enter to repeat.` },
};

/** The words for a message of the desk. */
export function noticeWording(code: Notice["code"]): NoticeWording {
  // A newer desk may know codes that this page does not.
  const known = table as Readonly<Partial<typeof table>>;
  return known[code] ?? table.error;
}

/** Every code that has words. */
export const WORDED_NOTICES = Object.keys(table) as NoticeCode[];

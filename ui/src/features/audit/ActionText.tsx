import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";

const ACTIONS: Readonly<Record<string, MessageDescriptor>> = {
  logged_in: msg`Logged in`,
  logged_out: msg`Logged out`,
  login_refused: msg`Wrong login or password`,
  session_expired: msg`Logged out after idle time`,
  user_created: msg`Created a user`,
  user_changed: msg`Changed a user`,
  user_unlocked: msg`Unlocked a user`,
  employee_created: msg`Added an employee`,
  employee_changed: msg`Changed an employee`,
  face_enrolled: msg`Enrolled a face`,
  face_erased: msg`Erased a face`,
  resemblance_overruled: msg`Enrolled a face that is like another employee's`,
  vouched: msg`Vouched for an employee`,
  model_replaced: msg`Replaced a face model that was not this warehouse's`,
  settings_changed: msg`Changed the settings`,
  category_created: msg`Created a category`,
  product_created: msg`Created a product`,
  product_changed: msg`Changed a product`,
  code_added: msg`Added a barcode`,
  code_removed: msg`Removed a barcode`,
  picture_changed: msg`Changed a picture`,
  location_created: msg`Created a place`,
  lot_created: msg`Created a lot`,
  not_permitted: msg`Was refused: not permitted`,
  receipt_posted: msg`Posted a receipt`,
  issue_posted: msg`Posted an issue`,
  transfer_posted: msg`Posted a transfer`,
  opening_posted: msg`Posted opening stock`,
  reversal_posted: msg`Reversed a movement`,
  backup_taken: msg`Took a backup`,
  backup_failed: msg`A backup did not succeed`,
  backup_verified: msg`Tried a backup`,
  backup_settings_changed: msg`Changed the settings of the backups`,
  restore_begun: msg`Began to restore a backup`,
  restore_failed: msg`A restore did not succeed`,
  backup_restored: msg`Restored a backup`,
  database_restored: msg`The warehouse came back from a backup`,
  database_accepted: msg`Went on with a database that was not here before`,
  lineage_settled: msg`The warehouse began a new count of its copies`,
  cluster_set_aside: msg`Set an unfinished database folder aside`,
};

/** What was done, in words; an action that this version has no words for is shown as it is written. */
export function ActionText({ action }: { action: string }) {
  const { t } = useLingui();
  const words = ACTIONS[action];
  return words === undefined ? action.replaceAll("_", " ") : t(words);
}

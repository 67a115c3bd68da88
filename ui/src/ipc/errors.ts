import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import { dateTime } from "@/format/date";
import type { ErrorCode } from "@/ipc/bindings";
import { notCatalogueText } from "@/ipc/notCatalogue";

/** `stop`: nothing goes on before somebody acts. `warning`: what was asked for did not happen, the rest goes on. */
export type Severity = "stop" | "warning";

/** How a refusal is told: what happened, and what to do next. */
export interface Wording {
  severity: Severity;
  text: MessageDescriptor;
  next: MessageDescriptor;
}

type Params = Readonly<Record<string, string | undefined>>;

const warning = (text: MessageDescriptor, next: MessageDescriptor): Wording => ({ severity: "warning", text, next });
const stop = (text: MessageDescriptor, next: MessageDescriptor): Wording => ({ severity: "stop", text, next });

const waitOr = (params: Params, otherwise: MessageDescriptor): MessageDescriptor => {
  const seconds = params["waitSeconds"] ?? "0";
  return Number(seconds) > 0 ? msg`Try again in ${seconds} seconds.` : otherwise;
};

const who = (params: Params, code: string): string => params[code] ?? "";

const checkAndSave = msg`Correct it and save again.`;
const openAgain = msg`Open the list again and choose anew.`;

const table: Readonly<Record<ErrorCode, (params: Params) => Wording>> = {
  insufficientStock: () =>
    warning(msg`There is not enough in stock.`, msg`Nothing was saved. Take less, or scan the next code.`),
  confirmationMissing: () => warning(msg`A face has to confirm this.`, msg`Look at the camera.`),
  confirmationExpired: () => warning(msg`The confirmation has run out.`, msg`Look at the camera once more.`),
  idempotencyConflict: () =>
    warning(msg`This document has been saved with other lines already.`, msg`Look at the history before you go on.`),
  productNotFound: () => warning(msg`There is no such product any more.`, openAgain),
  codeNotFound: () => warning(msg`No product has this code.`, msg`Check the label, or ask the Admin to add the product.`),
  codeTaken: (params) => {
    const name = params["name"];
    return warning(
      name === undefined
        ? msg`Another product has this code already.`
        : msg`This code belongs to “${name}” already.`,
      msg`Take the code off there first, or give another one.`,
    );
  },
  skuTaken: () => warning(msg`Another product has this SKU already.`, msg`Give another SKU.`),
  productInactive: () =>
    warning(msg`This product is not used any more.`, msg`Ask the Admin to switch it on again.`),
  nameMissing: () => warning(msg`The name is missing.`, msg`Type a name.`),
  nameTaken: () => warning(msg`This name is taken already.`, msg`Give another name.`),
  invalidSku: () => warning(msg`The SKU can't be like this.`, msg`Up to 64 letters, digits, dots, hyphens, slashes.`),
  invalidQuantity: () => warning(msg`The quantity can't be like this.`, msg`A number above zero, at most 3 digits after the point.`),
  invalidPrice: () => warning(msg`The price can't be like this.`, msg`A number from zero, at most 2 digits after the point.`),
  invalidCode: () => warning(msg`The code can't be like this.`, msg`Scan the label instead of typing it.`),
  invalidLogin: () => warning(msg`The login can't be like this.`, msg`3 to 32 small Latin letters, digits, dots or hyphens.`),
  invalidSetting: () => warning(msg`One of the settings can't be like this.`, checkAndSave),
  autostartRefused: () =>
    warning(
      msg`The computer did not take on to open Ombor by itself.`,
      msg`The other settings are saved. Ask whoever looks after the computer.`,
    ),
  passwordTooShort: () => warning(msg`The password is too short.`, msg`At least 8 characters.`),
  loginTaken: () => warning(msg`Somebody has this login already.`, msg`Give another login.`),
  wrongPassword: (params) =>
    warning(msg`The login or the password is wrong.`, waitOr(params, msg`Check the keyboard's language and Caps Lock.`)),
  lockedOut: (params) =>
    warning(msg`Too many wrong passwords.`, waitOr(params, msg`Wait a little, or ask the Admin.`)),
  userInactive: () => warning(msg`This user is switched off.`, msg`Ask the Admin.`),
  passwordToBeChosen: () => warning(msg`The password that you were given is good for this once.`, msg`Choose another one.`),
  userNotFound: () => warning(msg`There is no such user any more.`, openAgain),
  lastAdmin: () => warning(msg`This is the last Admin.`, msg`Make somebody else an Admin first.`),
  sessionExpired: () => warning(msg`Nobody was here for a while, so you were logged out.`, msg`Log in again.`),
  notPermitted: () => warning(msg`You are not permitted to do this.`, msg`Ask the Admin.`),
  alreadyReversed: () => warning(msg`This movement has been reversed already.`, msg`Look at the history.`),
  notReversible: () => warning(msg`This movement can't be reversed.`, msg`Reverse what came after it first.`),
  reasonMissing: () => warning(msg`The reason is missing.`, msg`Say in a few words why.`),
  versionConflict: () =>
    warning(msg`Somebody else changed this meanwhile.`, msg`Open it again and repeat your change.`),
  employeeNotFound: () => warning(msg`There is no such employee any more.`, openAgain),
  employeeNotEnrolled: () => warning(msg`This employee's face is not known yet.`, msg`Ask the Admin to record the face.`),
  faceAlreadyEnrolled: (params) => {
    const name = who(params, "name");
    return warning(
      name === "" ? msg`This face belongs to another employee.` : msg`This face belongs to ${name}.`,
      msg`Check who stands before the camera.`,
    );
  },
  faceNotClear: () =>
    warning(msg`The face could not be seen clearly.`, msg`Stand straight before the camera in good light and repeat.`),
  enrolmentSelfTestFailed: () =>
    warning(
      msg`The face is not recognised surely enough yet.`,
      msg`Nothing was kept. Put more light on the face and begin again.`,
    ),
  vouchingOff: () => warning(msg`Nobody may vouch in this warehouse.`, msg`Try the face again, or ask the Admin.`),
  voucherIsEmployee: () =>
    warning(msg`Nobody can vouch for themselves.`, msg`Another employee has to look at the camera.`),
  cameraUnavailable: () =>
    warning(msg`The camera does not answer.`, msg`Check its cable. If another program uses it, close that program.`),
  databaseUnavailable: () =>
    stop(msg`The database does not answer.`, msg`Wait a little. If it stays so, close Ombor and open it again.`),
  databaseNewer: () =>
    stop(msg`The data was written by a newer Ombor.`, msg`Install the newest version. The data was not touched.`),
  databaseOlder: () =>
    stop(
      msg`The data was written by an older Ombor.`,
      msg`Install the newest version at the desk that keeps the data first. The data was not touched.`,
    ),
  diskFull: () => stop(msg`The disk is full.`, msg`Free some space; nothing that was saved is lost.`),
  serverBinaryMissing: () =>
    stop(msg`A part of Ombor is missing: the database server.`, msg`Install Ombor anew. The data stays where it is.`),
  serverVersion: () =>
    stop(
      msg`The data belongs to another version of the database server.`,
      msg`Install the version of Ombor that you had before, or bring the data over: omborctl upgrade.`,
    ),
  serverFailed: () =>
    stop(msg`The database server did not start.`, msg`Restart the computer. If it stays so, call support.`),
  dataFolderUnsuitable: () =>
    stop(
      msg`Ombor can't keep its data in this folder.`,
      msg`The folder must be on this computer's own disk and belong to the user who opens Ombor.`,
    ),
  alreadyRunning: () => stop(msg`Ombor is open already.`, msg`Go to its window.`),
  backupFailed: () => warning(msg`The backup was not made.`, msg`Check how much space the disk has and repeat.`),
  backupToolMissing: (params) => {
    const version = who(params, "version");
    return warning(
      msg`The backup tools of PostgreSQL ${version} are not on this computer.`,
      msg`Install the client programs of that version, then repeat.`,
    );
  },
  backupBusy: () => warning(msg`Another backup is being made just now.`, msg`Wait until it is done and repeat.`),
  backupFolder: (params) => {
    const folder = who(params, "folder");
    return warning(
      msg`The folder of the backups can't be used: ${folder}`,
      msg`Plug the disk in, or name another folder. Nothing half-made was left.`,
    );
  },
  backupSameFolder: () => warning(msg`The second place is the same folder.`, msg`Name a folder on another disk.`),
  backupDiffers: () =>
    warning(
      msg`The backup did not give back what was saved, so it was thrown away.`,
      msg`Take another one. If it happens again, call support.`,
    ),
  backupDamaged: () => warning(msg`This backup is damaged.`, msg`Choose another one, or its copy on the second disk.`),
  backupOfOther: () =>
    warning(msg`This is a backup of another warehouse.`, msg`Only an empty warehouse can take it over.`),
  backupGone: () => warning(msg`This backup is not there any more.`, openAgain),
  backupsElsewhere: () =>
    warning(msg`The backups are made elsewhere.`, msg`Look at them at the desk or server that keeps the warehouse.`),
  noJournal: () => warning(msg`Changes are not kept minute by minute.`, msg`Switch “Keep every minute” on, or restore a backup.`),
  journalElsewhere: () =>
    warning(
      msg`The data lies on another server, which keeps its changes by its own means.`,
      msg`Ask whoever looks after that server.`,
    ),
  journalStopped: () =>
    warning(msg`The newest changes are not being kept minute by minute.`, msg`Plug the disk in, and look whether it has room.`),
  journalDamaged: () =>
    warning(msg`A part of what was kept is damaged.`, msg`Name an earlier moment, or restore a backup. Nothing was changed.`),
  momentUnreachable: (params) => {
    const last = params["until"];
    const until = last === undefined ? null : dateTime(last);
    return warning(
      until === null
        ? msg`This moment can't be brought back.`
        : msg`This moment can't be brought back, only those until ${until}.`,
      msg`Name another moment, or restore a backup.`,
    );
  },
  restoreNotConfirmed: () => warning(msg`The warehouse's name was not typed.`, msg`Type it as it is shown.`),
  cancelled: () => warning(msg`It was stopped.`, msg`Nothing half-made was left.`),
  fileNotReadable: () => warning(msg`The file can't be read.`, msg`Choose another file.`),
  fileNotWritable: (params) => {
    const path = who(params, "path");
    return warning(msg`The file can't be written: ${path}`, msg`Choose another folder, or close the file if it is open.`);
  },
  listTooLong: (params) => {
    const rows = who(params, "rows");
    return warning(msg`Excel has no room for ${rows} rows.`, msg`Save as CSV, or set a filter first.`);
  },
  importBusy: () => warning(msg`Old data are being taken over already.`, msg`Wait until it is done, or stop it.`),
  importNotRead: (params) => {
    const file = who(params, "file");
    return warning(msg`The file can't be read: ${file}`, msg`Copy it anew from the old computer and choose it again.`);
  },
  importNothingGiven: () => warning(msg`There is no file in what was chosen.`, msg`Choose files or a folder.`),
  importNotCatalogue: (params) =>
    warning(notCatalogueText(who(params, "what"), who(params, "file")), msg`Nothing was written. Choose the list of products.`),
  importMixed: () =>
    warning(msg`These files do not belong together.`, msg`Take them over one after the other.`),
  importProtected: (params) => {
    const file = who(params, "file");
    return warning(msg`The file has a password: ${file}`, msg`Save it without a password and choose it again.`);
  },
  pictureInvalid: () => warning(msg`This is not a picture that can be used.`, msg`Choose a PNG, JPEG or WebP of up to 2 MiB.`),
  scanUnreadable: () => warning(msg`The code was not read whole.`, msg`Scan it once more.`),
  notReady: () => warning(msg`Ombor is not ready yet.`, msg`Wait a moment and repeat.`),
  internal: () => warning(msg`Something did not work. It was noted.`, msg`Repeat it. If it stays so, call support.`),
};

/** The words for a refusal, with its names and numbers filled in. */
export function wordingOf(code: ErrorCode, params: Params = {}): Wording {
  // A newer desk may know codes that this page does not.
  const known = table as Readonly<Partial<typeof table>>;
  return (known[code] ?? table.internal)(params);
}

/** Every code that has words. */
export const WORDED_CODES = Object.keys(table) as ErrorCode[];

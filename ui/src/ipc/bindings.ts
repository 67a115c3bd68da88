// Made by `make bindings` from src-tauri; not to be edited by hand.
/* eslint-disable */

import { invoke as __TAURI_INVOKE, Channel } from "@tauri-apps/api/core";
import * as __TAURI_EVENT from "@tauri-apps/api/event";

/** Commands */
export const commands = {
	startStatus: () => typedError<StartStatus, AppError>(__TAURI_INVOKE("start_status")),
	firstRun: (input: FirstRun) => typedError<Session, AppError>(__TAURI_INVOKE("first_run", { input })),
	retryStart: () => typedError<null, AppError>(__TAURI_INVOKE("retry_start")),
	logIn: (login: string, password: string) => typedError<Session, AppError>(__TAURI_INVOKE("log_in", { login, password })),
	logOut: () => typedError<null, AppError>(__TAURI_INVOKE("log_out")),
	currentSession: () => typedError<Session | null, AppError>(__TAURI_INVOKE("current_session")),
	touchSession: () => typedError<null, AppError>(__TAURI_INVOKE("touch_session")),
	setLocale: (locale: Locale) => typedError<null, AppError>(__TAURI_INVOKE("set_locale", { locale })),
	deskState: () => typedError<DeskState, AppError>(__TAURI_INVOKE("desk_state")),
	deskScan: (strokes: KeyStroke[]) => typedError<DeskState, AppError>(__TAURI_INVOKE("desk_scan", { strokes })),
	deskKey: (key: DeskKey) => typedError<DeskState, AppError>(__TAURI_INVOKE("desk_key", { key })),
	deskTypeCode: (code: string) => typedError<DeskState, AppError>(__TAURI_INVOKE("desk_type_code", { code })),
	deskTakeLine: (index: number) => typedError<DeskState, AppError>(__TAURI_INVOKE("desk_take_line", { index })),
	scanLookup: (strokes: KeyStroke[]) => typedError<ScanResult, AppError>(__TAURI_INVOKE("scan_lookup", { strokes })),
	stationHealth: () => typedError<StationHealth, AppError>(__TAURI_INVOKE("station_health")),
	faceView: () => typedError<FaceView, AppError>(__TAURI_INVOKE("face_view")),
	listCategories: () => typedError<Category[], AppError>(__TAURI_INVOKE("list_categories")),
	createCategory: (name: string) => typedError<Category, AppError>(__TAURI_INVOKE("create_category", { name })),
	listUnits: () => typedError<Unit[], AppError>(__TAURI_INVOKE("list_units")),
	searchProducts: (query: ProductQuery) => typedError<ProductPage, AppError>(__TAURI_INVOKE("search_products", { query })),
	getProduct: (id: string) => typedError<Product, AppError>(__TAURI_INVOKE("get_product", { id })),
	createProduct: (input: ProductInput) => typedError<Product, AppError>(__TAURI_INVOKE("create_product", { input })),
	updateProduct: (id: string, version: number, input: ProductInput) => typedError<Product, AppError>(__TAURI_INVOKE("update_product", { id, version, input })),
	setProductPicture: (id: string, base64: string | null) => typedError<null, AppError>(__TAURI_INVOKE("set_product_picture", { id, base64 })),
	productPicture: (id: string) => typedError<string | null, AppError>(__TAURI_INVOKE("product_picture", { id })),
	productLabel: (id: string) => typedError<Label, AppError>(__TAURI_INVOKE("product_label", { id })),
	saveLabel: (id: string) => typedError<string, AppError>(__TAURI_INVOKE("save_label", { id })),
	badgeLabel: (employeeId: string) => typedError<Label, AppError>(__TAURI_INVOKE("badge_label", { employeeId })),
	controlCards: () => typedError<ControlCard[], AppError>(__TAURI_INVOKE("control_cards")),
	listEmployees: () => typedError<Employee[], AppError>(__TAURI_INVOKE("list_employees")),
	createEmployee: (name: string) => typedError<Employee, AppError>(__TAURI_INVOKE("create_employee", { name })),
	setEmployeeActive: (id: string, active: boolean) => typedError<null, AppError>(__TAURI_INVOKE("set_employee_active", { id, active })),
	startEnrolment: (employeeId: string) => typedError<EnrolmentView, AppError>(__TAURI_INVOKE("start_enrolment", { employeeId })),
	cancelEnrolment: () => typedError<null, AppError>(__TAURI_INVOKE("cancel_enrolment")),
	enrolment: () => typedError<EnrolmentView | null, AppError>(__TAURI_INVOKE("enrolment")),
	eraseTemplates: (employeeId: string) => typedError<null, AppError>(__TAURI_INVOKE("erase_templates", { employeeId })),
	listUsers: () => typedError<User[], AppError>(__TAURI_INVOKE("list_users")),
	createUser: (input: NewUser) => typedError<User, AppError>(__TAURI_INVOKE("create_user", { input })),
	setUserActive: (id: string, active: boolean) => typedError<null, AppError>(__TAURI_INVOKE("set_user_active", { id, active })),
	setUserRole: (id: string, role: Role) => typedError<null, AppError>(__TAURI_INVOKE("set_user_role", { id, role })),
	setUserPassword: (id: string, password: string) => typedError<null, AppError>(__TAURI_INVOKE("set_user_password", { id, password })),
	listMovements: (query: MovementQuery) => typedError<MovementPage, AppError>(__TAURI_INVOKE("list_movements", { query })),
	reverseMovement: (input: Reversal) => typedError<Movement, AppError>(__TAURI_INVOKE("reverse_movement", { input })),
	today: () => typedError<Today, AppError>(__TAURI_INVOKE("today")),
	listAudit: (after: string | null, limit: number) => typedError<AuditPage, AppError>(__TAURI_INVOKE("list_audit", { after, limit })),
	takeBackup: () => typedError<Backup, AppError>(__TAURI_INVOKE("take_backup")),
	listBackups: () => typedError<Backup[], AppError>(__TAURI_INVOKE("list_backups")),
	getSettings: () => typedError<Settings, AppError>(__TAURI_INVOKE("get_settings")),
	saveSettings: (settings: Settings) => typedError<Settings, AppError>(__TAURI_INVOKE("save_settings", { settings })),
	cameraSubscribe: (channel: Channel<PreviewFrame>) => typedError<null, AppError>(__TAURI_INVOKE("camera_subscribe", { channel })),
	cameraUnsubscribe: () => typedError<null, AppError>(__TAURI_INVOKE("camera_unsubscribe")),
};

/** Events */
export const events = {
	deskChanged: makeEvent<DeskChanged, DeskChanged>("desk-changed"),
	faceChanged: makeEvent<FaceChanged, FaceChanged>("face-changed"),
	enrolmentChanged: makeEvent<EnrolmentChanged, EnrolmentChanged>("enrolment-changed"),
	healthChanged: makeEvent<HealthChanged, HealthChanged>("health-changed"),
	changed: makeEvent<Changed, Changed>("changed"),
	sessionEnded: makeEvent<SessionEnded, SessionEnded>("session-ended"),
	startChanged: makeEvent<StartChanged, StartChanged>("start-changed"),
};

/* Types */
export type AppError = {
	/** What went wrong. */
	code: ErrorCode,
	/** What the sentence in the user's language needs: names, numbers. */
	params: { [key in string]: string },
	/** The lines that fell short, if that is what went wrong. */
	lines: Shortage[],
};

export type AuditEntry = {
	/** Its number. */
	id: string,
	/** When. */
	at: string,
	/** Who. */
	userName: string | null,
	/** What was done. */
	action: string,
	/** To what. */
	object: string | null,
	/** The particulars, as JSON. */
	details: string,
	/** It stands under a seal. */
	sealed: boolean,
};

export type AuditPage = {
	/** The entries. */
	rows: AuditEntry[],
	/** Where the next page begins, if there is one. */
	next: string | null,
};

export type Backup = {
	/** Where it lies. */
	path: string,
	/** What it is called. */
	fileName: string,
	/** How long it is, in bytes. */
	sizeBytes: string,
	/** When it was taken. */
	takenAt: string,
};

export type BackupHealth = {
	/** How it is: a warning after a day without a backup. */
	state: HealthState,
	/** When the last one was taken. */
	lastAt: string | null,
};

export type CameraHealth = {
	/** How it is. */
	state: HealthState,
	/** What it is called. */
	name: string | null,
};

export type Card = {
	/** The product. */
	productId: string,
	/** Its name. */
	name: string,
	/** Its SKU. */
	sku: string,
	/** The code that was scanned. */
	code: string | null,
	/** Its category's name. */
	category: string | null,
	/** Symbol of its base unit. */
	unit: string,
	/** On hand before this document. */
	onHand: string,
	/** On hand after this document. */
	after: string,
	/** The least that should be there. */
	minStock: string | null,
	/** Less than that is there now. */
	belowMinimum: boolean,
	/** Quantity of the line, in base units. */
	quantity: string,
	/** It has a picture. */
	hasPicture: boolean,
};

export type Category = {
	/** The category. */
	id: string,
	/** Its name. */
	name: string,
	/** Active products in it. */
	productCount: number,
};

export type ChangeTag = "product" | "category" | "stock" | "movement" | "employee" | "user" | "confirmation" | "audit" | "backup" | "settings";

export type Changed = {
	tags: ChangeTag[],
};

export type CodeEntry = {
	/** The code, as it is scanned. */
	code: string,
	/** Base units that one scan of it stands for. */
	quantity: string,
};

export type ConfirmationView = {
	/** Who looked. */
	employeeId: string,
	/** Their name. */
	employeeName: string,
	/** How it was confirmed. */
	method: string,
	/** It holds until then, by the database's clock. */
	validUntil: string,
	/** Milliseconds that were left when this was sent. */
	remainingMs: number,
	/** Milliseconds that a confirmation holds in all. */
	totalMs: number,
};

export type ControlCard = {
	/** What it does. */
	command: ControlCommand,
	/** What a scan of it reads. */
	code: string,
	/** The quantity, for a quantity card. */
	quantity: number | null,
	/** The picture, as a data URL. */
	pngDataUrl: string,
};

export type ControlCommand = "in" | "out" | "save" | "cancel" | "quantity";

export type DatabaseHealth = {
	/** How it is. */
	state: HealthState,
};

export type DayTurnover = {
	/** The day, `YYYY-MM-DD`. */
	date: string,
	/** Sum of what came in. */
	in: string,
	/** Sum of what went out. */
	out: string,
};

export type DeskChanged = DeskState;

export type DeskKey = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "point" | "backspace" | "enter" | "escape" | "in" | "out";

export type DeskLine = {
	/** Its number on the document, from 1. */
	index: number,
	/** The product. */
	productId: string,
	/** Its name. */
	name: string,
	/** In base units. */
	quantity: string,
	/** Symbol of the base unit. */
	unit: string,
	/** On hand before this document. */
	before: string,
	/** On hand after it. */
	after: string,
};

export type DeskState = {
	/** Grows with every change. */
	revision: number,
	/** In or out. */
	mode: Direction,
	/** Where the worker stands. */
	phase: Phase,
	/** The product in hand. */
	card: Card | null,
	/** Digits being typed. */
	entry: string | null,
	/** Gathered lines, newest first. */
	lines: DeskLine[],
	/** Sum of the lines' quantities, if they share a unit. */
	totalQuantity: string,
	/** That unit. */
	unitSymbol: string | null,
	/** The message. */
	notice: Notice | null,
	/** The confirmation that holds. */
	confirmation: ConfirmationView | null,
	/** The last movements. */
	recent: RecentMovement[],
	/** The person logged in may create the product that an unknown code stands for. */
	canCreateProduct: boolean,
	/** The code that nothing is known about. */
	unknownCode: string | null,
};

export type Direction = "in" | "out";

export type Employee = {
	/** The employee. */
	id: string,
	/** Their name. */
	name: string,
	/** What a scan of their badge reads. */
	badgeCode: string,
	/** They work here. */
	active: boolean,
	/** Since when their face is known. */
	enrolledAt: string | null,
	/** Face templates that are kept. */
	templateCount: number,
	/** When their face last said yes. */
	lastConfirmedAt: string | null,
};

export type EnrolmentChanged = EnrolmentView;

export type EnrolmentPhase = "collecting" | "done" | "failed";

export type EnrolmentView = {
	/** Whose face it is. */
	employeeId: string,
	/** Where it stands. */
	phase: EnrolmentPhase,
	/** Good frames so far. */
	accepted: number,
	/** Good frames that are needed. */
	wanted: number,
	/** One instruction. */
	hint: FaceHint,
	/** Why it failed. */
	failure: AppError | null,
};

export type ErrorCode = "insufficientStock" | "confirmationMissing" | "confirmationExpired" | "idempotencyConflict" | "productNotFound" | "codeNotFound" | "codeTaken" | "skuTaken" | "productInactive" | "nameMissing" | "nameTaken" | "invalidSku" | "invalidQuantity" | "invalidPrice" | "invalidCode" | "invalidLogin" | "invalidSetting" | "passwordTooShort" | "loginTaken" | "wrongPassword" | "lockedOut" | "userInactive" | "userNotFound" | "lastAdmin" | "sessionExpired" | "notPermitted" | "alreadyReversed" | "notReversible" | "reasonMissing" | "versionConflict" | "employeeNotFound" | "employeeNotEnrolled" | "faceAlreadyEnrolled" | "faceNotClear" | "cameraUnavailable" | "databaseUnavailable" | "databaseNewer" | "diskFull" | "serverBinaryMissing" | "serverVersion" | "serverFailed" | "dataFolderUnsuitable" | "alreadyRunning" | "backupFailed" | "fileNotReadable" | "pictureInvalid" | "scanUnreadable" | "notReady" | "internal";

export type FaceChanged = FaceView;

export type FaceHint = "noFace" | "twoFaces" | "closer" | "farther" | "moreLight" | "lessLight" | "lookHere" | "holdStill" | "good" | "notKnown" | "cameraMissing" | "nobodyEnrolled";

export type FaceView = {
	/** A face is being looked for. */
	active: boolean,
	/** One instruction. */
	hint: FaceHint,
	/** Share of the agreement that is needed, 0 to 1. */
	progress: number | null,
};

export type FirstRun = {
	/** The language of this station. */
	locale: Locale,
	/** What the warehouse is called. */
	warehouseName: string,
	/** The first Admin's name. */
	adminName: string,
	/** The first Admin's login. */
	login: string,
	/** The first Admin's password. */
	password: string,
	/** Fill the warehouse with demonstration data. */
	demonstration: boolean,
};

export type FrameSource = { kind: "camera", index: number } | { kind: "folder", path: string } | { kind: "video", path: string };

export type HealthChanged = StationHealth;

export type HealthState = "ok" | "idle" | "warning" | "failed";

export type KeyStroke = {
	/** The physical key (`KeyA`, `Digit1`), the same in every layout. */
	code: string,
	/** What the layout made of it. */
	key: string,
	/** Shift was held. */
	shift: boolean,
	/** Control was held. */
	ctrl: boolean,
	/** Alt was held. */
	alt: boolean,
	/** AltGr was held. */
	altGraph: boolean,
	/** The event's own time, in milliseconds since any fixed moment. */
	timeMs: number | null,
};

export type Label = {
	/** What a scan of it reads. */
	code: string,
	/** The picture, as a data URL. */
	pngDataUrl: string,
};

export type Locale = "uz-Latn" | "uz-Cyrl" | "ru" | "kk" | "en";

export type Movement = {
	/** The movement. */
	id: string,
	/** Its document. */
	documentId: string,
	/** The number of its document. */
	documentNumber: string,
	/** receipt, issue, transfer, opening, adjustment, customer_return or reversal. */
	kind: string,
	/** What was moved. */
	productId: string,
	/** Its name. */
	productName: string,
	/** Its SKU. */
	sku: string,
	/** In base units. */
	quantity: string,
	/** Symbol of the base unit. */
	unit: string,
	/** Where it came from. */
	from: string,
	/** Where it went. */
	to: string,
	/** Into the warehouse or out of it; none for a move inside. */
	direction: Direction | null,
	/** When it was posted. */
	at: string,
	/** Who was logged in. */
	userName: string,
	/** Who confirmed it. */
	employeeName: string | null,
	/** How it was confirmed. */
	method: string | null,
	/** It was put right by a reversal. */
	reversed: boolean,
	/** The movement that it puts right. */
	reversalOf: string | null,
};

export type MovementPage = {
	/** The movements. */
	rows: Movement[],
	/** Where the next page begins, if there is one. */
	next: string | null,
};

export type MovementQuery = {
	/** Only this product. */
	productId: string | null,
	/** Only what this employee confirmed. */
	employeeId: string | null,
	/** Only what was posted under this login. */
	userId: string | null,
	/** Only this kind. */
	kind: string | null,
	/** Words of the product's name or SKU. */
	text: string | null,
	/** From this day on, `YYYY-MM-DD` in the warehouse's zone. */
	from: string | null,
	/** Up to this day, `YYYY-MM-DD` in the warehouse's zone. */
	to: string | null,
	/** Where the page before ended. */
	after: string | null,
	/** Rows wanted, at most 200. */
	limit: number,
};

export type NewUser = {
	/** Their login. */
	login: string,
	/** Their name. */
	name: string,
	/** What they may do. */
	role: Role,
	/** Their first password. */
	password: string,
};

export type Notice = {
	/** How it is shown. */
	kind: NoticeKind,
	/** What it says. */
	code: NoticeCode,
	/** Names and numbers for the sentence. */
	params: { [key in string]: string },
	/** The lines that fell short. */
	lines: Shortage[],
};

export type NoticeCode = "unknownCode" | "insufficientStock" | "saved" | "cancelled" | "productInactive" | "scanUnreadable" | "lookAtCamera" | "faceNotKnown" | "cameraMissing" | "nobodyEnrolled" | "belowMinimum" | "quantityInvalid" | "nothingToSave" | "finishFirst" | "restored" | "badgeSeen" | "confirmationEnded" | "notPermitted" | "savingAgain" | "error";

export type NoticeKind = "info" | "warning" | "refused" | "saved";

export type Phase = "ready" | "gathering" | "face" | "saving" | "saved" | "refused";

export type PreviewFrame = number[];

export type Product = {
	/** Its category. */
	categoryId: string | null,
	/** Its base unit. */
	unitId: string,
	/** Grows with every change. */
	version: number,
	/** Its codes. */
	codes: CodeEntry[],
	/** Its own label, if it has one. */
	ownLabel: string | null,
	/** It has a picture. */
	hasPicture: boolean,
} & ProductRow;

export type ProductFilter = "all" | "belowMinimum" | "outOfStock";

export type ProductInput = {
	/** Its SKU. */
	sku: string,
	/** Its name. */
	name: string,
	/** Its category. */
	categoryId: string | null,
	/** Its base unit. */
	unitId: string,
	/** The least that should be there. */
	minStock: string | null,
	/** Price of one base unit. */
	price: string | null,
	/** Its codes, without its own label. */
	codes: CodeEntry[],
	/** It wants a label of our own. */
	ownLabel: boolean,
	/** It can be moved. */
	active: boolean,
};

export type ProductPage = {
	/** The products. */
	rows: ProductRow[],
	/** Where the next page begins, if there is one. */
	next: string | null,
	/** How many there are in all; an estimate above ten thousand. */
	total: number,
};

export type ProductQuery = {
	/** Words of the name, the SKU or a code; may be empty. */
	text: string,
	/** Which products. */
	filter: ProductFilter,
	/** Only this category. */
	categoryId: string | null,
	/** Where the page before ended. */
	after: string | null,
	/** Rows wanted, at most 200. */
	limit: number,
};

export type ProductRow = {
	/** The product. */
	id: string,
	/** Its SKU. */
	sku: string,
	/** Its name. */
	name: string,
	/** Its category's name. */
	category: string | null,
	/** Symbol of its base unit. */
	unit: string,
	/** On hand, in base units. */
	onHand: string,
	/** The least that should be there. */
	minStock: string | null,
	/** Price of one base unit. */
	price: string | null,
	/** The currency of the price, ISO 4217. */
	currency: string,
	/** It can still be moved. */
	active: boolean,
	/** There is less than the minimum. */
	belowMinimum: boolean,
};

export type RecentMovement = {
	/** The movement. */
	movementId: string,
	/** The product's name. */
	productName: string,
	/** Into the warehouse or out of it. */
	direction: Direction,
	/** In base units. */
	quantity: string,
	/** Symbol of the base unit. */
	unit: string,
	/** When it was posted. */
	at: string,
	/** Who confirmed it. */
	employeeName: string | null,
};

export type Reversal = {
	/** Which one. */
	movementId: string,
	/** The Admin's own password, typed anew. */
	password: string,
	/** Why. */
	reason: string,
};

export type Role = "admin" | "operator" | "viewer";

export type ScanResult = {
	/** What was read. */
	code: string,
	/** The product that it stands for. */
	productId: string | null,
};

export type ScannerHealth = {
	/** How it is. */
	state: HealthState,
	/** When it last sent a code. */
	lastScanAt: string | null,
};

export type Session = {
	/** The session. */
	sessionId: string,
	/** Who is logged in. */
	userId: string,
	/** Their login. */
	login: string,
	/** Their name. */
	name: string,
	/** What they may do. */
	role: Role,
	/** The session ends after so many seconds without a key, a scan or a face. */
	idleSeconds: number,
};

export type SessionEnded = null;

export type Settings = {
	/** The language of this station. */
	locale: Locale,
	/** Light or dark. */
	theme: Theme,
	/** How loud, 0 to 100; 0 is silent. */
	soundVolume: number,
	/** Where frames of faces come from. */
	frameSource: FrameSource,
	/** A session ends after so many idle minutes, 1 to 240. */
	idleMinutes: number,
	/** What the warehouse is called. */
	warehouseName: string,
	/** The warehouse's time zone, an IANA name. */
	zone: string,
	/** The currency of prices, ISO 4217. */
	currency: string,
	/** Longest pause inside a scanner's burst, 20 to 120 milliseconds. */
	maxGapMs: number,
};

export type Shortage = {
	/** The product. */
	productId: string,
	/** Its SKU. */
	sku: string,
	/** Its name. */
	name: string,
	/** Asked for, in base units, as a decimal. */
	wanted: string,
	/** There is this much, in base units, as a decimal. */
	available: string,
	/** Symbol of the base unit. */
	unit: string,
};

export type SoundHealth = {
	/** How it is. */
	state: HealthState,
};

export type StartChanged = StartStatus;

export type StartPhase = "starting" | "needsSetup" | "ready" | "failed";

export type StartStatus = {
	/** Where it stands. */
	phase: StartPhase,
	/** What it is doing. */
	step: StartStep | null,
	/** Why it did not start. */
	failure: AppError | null,
	/** The language of this station, once somebody chose it. */
	locale: Locale | null,
};

export type StartStep = "openingFolder" | "creatingDatabase" | "startingDatabase" | "recoveringDatabase" | "checkingDatabase" | "preparingTables" | "loadingFaces";

export type StationHealth = {
	/** The scanner. */
	scanner: ScannerHealth,
	/** The camera. */
	camera: CameraHealth,
	/** The database. */
	database: DatabaseHealth,
	/** The loudspeaker. */
	sound: SoundHealth,
	/** The backup. */
	backup: BackupHealth,
};

export type Theme = "light" | "dark" | "system";

export type Today = {
	/** Today in the warehouse's zone, `YYYY-MM-DD`. */
	date: string,
	/** Worth of the stock at its prices. */
	stockValue: string,
	/** The currency, ISO 4217. */
	currency: string,
	/** Active products. */
	productCount: number,
	/** What came in today. */
	in: Turnover,
	/** What went out today. */
	out: Turnover,
	/** What has to be bought, the scarcest first. */
	belowMinimum: ProductRow[],
	/** How many there are in all. */
	belowMinimumCount: number,
	/** The last seven days, oldest first. */
	days: DayTurnover[],
	/** The last movements. */
	recent: RecentMovement[],
	/** When the last backup was taken. */
	lastBackupAt: string | null,
};

export type Turnover = {
	/** Sum of the quantities. */
	quantity: string,
	/** Documents posted. */
	documents: number,
};

export type Unit = {
	/** The unit. */
	id: string,
	/** Its name. */
	name: string,
	/** What stands behind a number. */
	symbol: string,
	/** Digits behind the point that make sense, 0 to 3. */
	decimals: number,
};

export type User = {
	/** The user. */
	id: string,
	/** Their login. */
	login: string,
	/** Their name. */
	name: string,
	/** What they may do. */
	role: Role,
	/** They may log in. */
	active: boolean,
	/** Too many wrong passwords: only an Admin can let them in again, by a new password. */
	locked: boolean,
	/** Wrong passwords: until then nobody can log in as them. */
	lockedUntil: string | null,
};

/* Tauri Specta runtime */
async function typedError<T, E>(result: Promise<T>): Promise<{ status: "ok"; data: T } | { status: "error"; error: E }> {
    try {
        return { status: "ok", data: await result };
    } catch (e) {
        if (e instanceof Error) throw e;
        return { status: "error", error: e as any };
    }
}

type EventEmit<T> = [T] extends [null] ? () => Promise<void> : (payload: T) => Promise<void>;

function makeEvent<TListen, TEmit = TListen>(name: string) {
    return {
        listen: (cb: __TAURI_EVENT.EventCallback<TListen>) => __TAURI_EVENT.listen(name, cb),
        once: (cb: __TAURI_EVENT.EventCallback<TListen>) => __TAURI_EVENT.once(name, cb),
        emit: ((payload: TEmit) => __TAURI_EVENT.emit(name, payload as unknown) as unknown) as EventEmit<TEmit>,
    };
}

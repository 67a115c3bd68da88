/** A text field as it was before a scan leaked its first characters into it. */
export type FieldMemory = {
  field: HTMLInputElement | HTMLTextAreaElement;
  value: string;
  selection: [number, number] | null;
};

/** Input types in which text is typed. */
const TEXT_TYPES = new Set(["text", "search", "password", "number", "tel", "url", "email", "date", "time"]);

/** The text field that has the focus. */
function focusedField(page: Document): HTMLInputElement | HTMLTextAreaElement | null {
  const focused = page.activeElement;
  if (focused instanceof HTMLTextAreaElement) {
    return focused;
  }
  return focused instanceof HTMLInputElement && TEXT_TYPES.has(focused.type) ? focused : null;
}

/** True when the person is writing in a field or answering a dialog, so that keys are meant for it. */
export function isWriting(page: Document): boolean {
  return focusedField(page) !== null || page.activeElement?.closest('[aria-modal="true"]') != null;
}

/** Remembers the text field that has the focus, if one has. */
export function rememberField(page: Document): FieldMemory | null {
  const field = focusedField(page);
  if (!field) {
    return null;
  }
  const { selectionStart, selectionEnd } = field;
  const selection: [number, number] | null =
    selectionStart === null || selectionEnd === null ? null : [selectionStart, selectionEnd];
  return { field, value: field.value, selection };
}

/** Gives a field back the text and the selection that it had. */
export function restoreField({ field, value, selection }: FieldMemory): void {
  if (field.value !== value) {
    write(field, value);
  }
  if (selection) {
    field.setSelectionRange(...selection);
  }
}

/** Types `text` into the field that has the focus, where its cursor stands. */
export function retype(page: Document, text: string): void {
  const field = focusedField(page);
  if (!field || field.readOnly || field.disabled) {
    return;
  }
  const start = field.selectionStart ?? field.value.length;
  const end = field.selectionEnd ?? field.value.length;
  write(field, field.value.slice(0, start) + text + field.value.slice(end));
  if (field.selectionStart !== null) {
    field.setSelectionRange(start + text.length, start + text.length);
  }
}

/** Sets the value past React's own setter, so that React notices the change and calls `onChange`. */
function write(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Applies a value while the visitor types it. The typed text stays as it is until the visitor has finished. */

import { Directive, directive, type PropertyPart } from "lit/directive.js";
import { setCommittedValue } from "lit/directive-helpers.js";
import { noChange } from "lit/html.js";
import type { FieldView } from "../protocol.ts";
import { encodeInput } from "./wire-text.ts";

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** The same pause as after an edit to the code; see `execution/run-controller.ts`. */
const TYPING_PAUSE_MS = 300;

interface PendingValue {
  timer: ReturnType<typeof setTimeout>;
  apply(): void;
}

const pending = new WeakMap<Element, PendingValue>();
/** The value in wire format that was last applied while typing. */
const applied = new WeakMap<TextField, string>();

/** Apply the typed value after a pause, if it is valid. Invalid or empty text is not applied until the visitor has finished. */
export function applyLater(field: TextField, kind: FieldView["kind"], setValue: (text: string | null) => void): void {
  cancelApply(field);
  const apply = (): void => {
    pending.delete(field);
    if (!field.isConnected) return; // the visitor has opened other code
    const encoded = encodeInput(kind, field.value);
    if (encoded == null || field.value.trim() === "") return;
    field.setCustomValidity("");
    field.setAttribute("aria-invalid", "false");
    applied.set(field, encoded);
    setValue(encoded);
  };
  pending.set(field, { timer: setTimeout(apply, TYPING_PAUSE_MS), apply });
}

/** Apply the typed value without waiting for the pause, before a keyboard shortcut starts a run or a check. */
export function applyTypedValue(root: DocumentOrShadowRoot): void {
  const field = root.activeElement;
  const value = field === null ? undefined : pending.get(field);
  if (field === null || value === undefined) return;
  cancelApply(field);
  value.apply();
}

export function cancelApply(field: Element): void {
  clearTimeout(pending.get(field)?.timer);
  pending.delete(field);
}

class TypedValue extends Directive {
  #latest: string | null = null;

  override render(text: string, _kind: FieldView["kind"], _value: string | null): string {
    return text;
  }

  override update(part: PropertyPart, [text, kind, value]: Parameters<this["render"]>): string | typeof noChange {
    if (text === this.#latest) return noChange;
    this.#latest = text;
    const field = part.element as TextField;
    const root = field.getRootNode() as Document | ShadowRoot;
    const isTyped = encodeInput(kind, field.value) === value || applied.get(field) === value;
    if (root.activeElement === field && isTyped) return noChange;
    setCommittedValue(part); // the visitor may have changed the text since it was rendered
    return text;
  }
}

/**
 * Set the text of a field when its value changes, unless the visitor has just typed the value. They may have typed another form,
 * such as `1.50` for `1.5`, or may still be typing.
 *
 * @param text the text to show
 * @param value the value in wire format; null if there is none
 */
export const typedValue = directive(TypedValue);

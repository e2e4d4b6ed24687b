/** One value that can be typed in: its name, a control for its kind, and the way back. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { FieldView } from "../protocol.ts";
import { visible } from "../special-characters.ts";
import { shownText, writtenText } from "./json-text.ts";

export interface Field {
  /** Of the control; no other in the element has it. */
  id: string;
  name: string;
  view: FieldView;
  /** What was typed in, as JSON; null where nothing was. */
  text: string | null;
  /** What stands in an empty field. */
  placeholder: string;
  /** The way back, in a few words. */
  back: string;
  /** `text` is JSON; null for the way back. */
  onWritten(text: string | null): void;
}

export function fieldTemplate(field: Field): TemplateResult {
  const { id, name, view, text, back, onWritten } = field;
  return html`<div class="field ${text === null ? "" : "given"}">
    <label class="mono" for=${id}>${visible(name)}</label>
    ${controlTemplate(field)}
    ${
      text === null
        ? html`<span class="hint">${HINTS[view.kind]}</span>`
        : html`<button class="link hint" @click=${() => onWritten(null)}>${back}</button>`
    }
  </div>`;
}

const HINTS: Record<FieldView["kind"], string> = {
  int: "int",
  float: "float",
  bool: "",
  str: "str",
  choice: "",
  json: "JSON",
};

const WRONG: Partial<Record<FieldView["kind"], string>> = {
  int: "This is no whole number.",
  float: "This is no number.",
  json: 'This is no JSON. Write 1.5, "text", true, null, [1, 2] or {"a": 1}.',
};

function controlTemplate(field: Field): TemplateResult {
  const { id, view, text, placeholder } = field;
  const present = text ?? view.default;
  const give = (written: string | null): void => {
    const next = written === view.default ? null : written;
    if (next !== text) field.onWritten(next);
  };
  switch (view.kind) {
    case "bool":
      return view.default === null
        ? selectTemplate(field, ["true", "false"], give)
        : html`<input
            id=${id}
            type="checkbox"
            .checked=${live(present === "true")}
            @change=${(event: Event) => give(String((event.target as HTMLInputElement).checked))}
          />`;
    case "choice":
      return selectTemplate(field, view.choices, give);
    case "json":
      return html`<textarea
        id=${id}
        rows="1"
        spellcheck="false"
        autocomplete="off"
        placeholder=${placeholder}
        .value=${present ?? ""}
        @change=${(event: Event) => enter(event.target as HTMLTextAreaElement, view, give)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Enter" || event.shiftKey) return;
          event.preventDefault(); // Shift and Enter make a line
          enter(event.target as HTMLTextAreaElement, view, give);
        }}
      ></textarea>`;
    default:
      return html`<input
        id=${id}
        type="text"
        inputmode=${view.kind === "str" ? "text" : view.kind === "int" ? "numeric" : "decimal"}
        spellcheck="false"
        autocomplete="off"
        placeholder=${placeholder}
        .value=${present === null ? "" : shownText(present)}
        @change=${(event: Event) => enter(event.target as HTMLInputElement, view, give)}
      />`;
  }
}

function selectTemplate(
  { id, view, text, placeholder }: Field,
  choices: readonly string[],
  give: (text: string | null) => void,
): TemplateResult {
  const present = text ?? view.default;
  return html`<select id=${id} @change=${(event: Event) => give((event.target as HTMLSelectElement).value || null)}>
    ${view.default === null ? html`<option value="" ?selected=${present === null}>${placeholder}</option>` : nothing}
    ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === present}>${shownText(choice)}</option>`)}
  </select>`;
}

/** What is no value of the kind stays in its field, which says so. */
function enter(
  input: HTMLInputElement | HTMLTextAreaElement,
  view: FieldView,
  give: (text: string | null) => void,
): void {
  const written = writtenText(view.kind, input.value);
  input.setCustomValidity(written === undefined ? (WRONG[view.kind] ?? "") : "");
  if (written === undefined) {
    input.reportValidity();
    return;
  }
  const shown = written ?? view.default;
  input.value = shown === null ? "" : view.kind === "json" ? shown : shownText(shown);
  give(written);
}

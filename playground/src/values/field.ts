/** One value that can be typed in: its name, a control for its kind, and the way back. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { renderCode } from "../inline-code.ts";
import type { FieldView } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import { displayText, encodeInput, MAX_TEXT_LENGTH } from "./wire-text.ts";

export interface Field {
  /** Of the control; no other in the element has it. */
  id: string;
  name: string;
  view: FieldView;
  /** What was typed in, as a text of the wire; null where nothing was. */
  text: string | null;
  /** What stands in an empty field. */
  placeholder: string;
  /** The way back, in a few words. */
  resetLabel: string;
  /** The data files that a table can be read from. */
  files: readonly string[];
  /** What is wrong with the value, as far as the latest run tells. */
  problem: string | null;
  /** `text` is one of the wire; null for the way back. */
  onChange(text: string | null): void;
}

export function fieldTemplate(field: Field): TemplateResult {
  const { id, name, view, text, resetLabel, problem, onChange } = field;
  return html`<div class="field ${text === null ? "" : "given"} ${problem === null ? "" : "wrong"}">
    <label class="mono" for=${id}>${escapeInvisible(name)}</label>
    ${controlTemplate(field)}
    ${
      text === null
        ? html`<span class="hint">${HINTS[view.kind]}</span>`
        : html`<button class="link hint" @click=${() => onChange(null)}>${resetLabel}</button>`
    }
    ${problem === null ? nothing : html`<p class="field-problem" id=${problemId(id)}>${renderCode(problem)}</p>`}
  </div>`;
}

const HINTS: Record<FieldView["kind"], string> = {
  int: "int",
  float: "float",
  bool: "",
  str: "str",
  choice: "",
  json: "JSON",
  literal: "Python literal",
  date: "date",
  datetime: "date and time",
  table: "file or pasted table",
};

const INVALID_TEXTS: Partial<Record<FieldView["kind"], string>> = {
  int: "Enter a whole number.",
  float: "Enter a number.",
  json: 'This is not JSON. Write 1.5, "text", true, null, [1, 2] or {"a": 1}.',
  literal: `A value has at most ${MAX_TEXT_LENGTH.toLocaleString("en")} characters here.`,
  date: "Enter a date, like 2024-01-31.",
  datetime: "Enter a date and a time, like 2024-01-31 12:00.",
  table: `A pasted table has at most ${MAX_TEXT_LENGTH.toLocaleString("en")} characters. Add larger data as a file, and choose the file here.`,
};

function controlTemplate(field: Field): TemplateResult {
  const { id, view, text, placeholder } = field;
  const present = text ?? view.default;
  const setValue = (encoded: string | null): void => {
    const next = encoded === view.default ? null : encoded;
    if (next !== text) field.onChange(next);
  };
  switch (view.kind) {
    case "bool":
      return view.default === null
        ? selectTemplate(field, ["true", "false"], setValue)
        : html`<input
            id=${id}
            type="checkbox"
            .checked=${live(present === "true")}
            @change=${(event: Event) => setValue(String((event.target as HTMLInputElement).checked))}
          />`;
    case "choice":
      return selectTemplate(field, view.choices, setValue);
    case "table":
      return tableTemplate(field, setValue);
    case "date":
    case "datetime":
      return html`<input
        id=${id}
        type=${view.kind === "date" ? "date" : "datetime-local"}
        step=${view.kind === "date" ? nothing : "1"}
        aria-describedby=${describedBy(field)}
        .value=${live(present === null ? "" : displayText(present))}
        @change=${(event: Event) => submit(event.target as HTMLInputElement, view, setValue)}
      />`;
    case "json":
    case "literal":
      return html`<textarea
        id=${id}
        rows="1"
        spellcheck="false"
        autocomplete="off"
        placeholder=${placeholder}
        aria-describedby=${describedBy(field)}
        .value=${present === null ? "" : view.kind === "json" ? present : displayText(present)}
        @change=${(event: Event) => submit(event.target as HTMLTextAreaElement, view, setValue)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Enter" || event.shiftKey) return;
          event.preventDefault(); // Shift and Enter make a line
          submit(event.target as HTMLTextAreaElement, view, setValue);
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
        aria-describedby=${describedBy(field)}
        .value=${present === null ? "" : displayText(present)}
        @change=${(event: Event) => submit(event.target as HTMLInputElement, view, setValue)}
      />`;
  }
}

function problemId(id: string): string {
  return `${id}-problem`;
}

function describedBy({ id, problem }: Field): string | typeof nothing {
  return problem === null ? nothing : problemId(id);
}

const PASTED = "pasted";

/** One of the data files, or a table that is pasted as CSV, tab-separated text or JSON. */
function tableTemplate(field: Field, setValue: (text: string | null) => void): TemplateResult {
  const { id, name, view, text, files, placeholder } = field;
  const isPasted = text?.startsWith("table:") ?? false;
  const choices = files.map((file) => `file:${file}`);
  const missing = text !== null && !isPasted && !choices.includes(text) ? [text] : [];
  const choose = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    if (value !== PASTED) setValue(value || null);
  };
  return html`<div class="table-field">
    <select id=${id} aria-describedby=${describedBy(field)} @change=${choose}>
      <option value="" ?selected=${text === null}>${placeholder}</option>
      ${[...choices, ...missing].map((choice) => html`<option value=${choice} ?selected=${choice === text}>${escapeInvisible(displayText(choice))}</option>`)}
      ${isPasted ? html`<option value=${PASTED} selected>pasted table</option>` : nothing}
    </select>
    <textarea
      rows="1"
      spellcheck="false"
      autocomplete="off"
      aria-label=${`Paste a table for ${escapeInvisible(name)}`}
      placeholder="or paste CSV, or cells of a spreadsheet"
      .value=${isPasted ? (text ?? "").slice("table:".length) : ""}
      @change=${(event: Event) => submit(event.target as HTMLTextAreaElement, view, setValue)}
    ></textarea>
  </div>`;
}

function selectTemplate(
  field: Field,
  choices: readonly string[],
  setValue: (text: string | null) => void,
): TemplateResult {
  const { id, view, text, placeholder } = field;
  const present = text ?? view.default;
  return html`<select id=${id} aria-describedby=${describedBy(field)} @change=${(event: Event) => setValue((event.target as HTMLSelectElement).value || null)}>
    ${view.default === null ? html`<option value="" ?selected=${present === null}>${placeholder}</option>` : nothing}
    ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === present}>${displayText(choice)}</option>`)}
  </select>`;
}

/** What stands in the field for a value. */
function inputText(view: FieldView, text: string): string {
  if (view.kind === "json") return text;
  return view.kind === "table" ? text.slice("table:".length) : displayText(text);
}

/** What is no value of the kind stays in its field, which says so. */
function submit(
  input: HTMLInputElement | HTMLTextAreaElement,
  view: FieldView,
  setValue: (text: string | null) => void,
): void {
  const encoded = encodeInput(view.kind, input.value);
  input.setCustomValidity(encoded === undefined ? (INVALID_TEXTS[view.kind] ?? "") : "");
  input.setAttribute("aria-invalid", `${encoded === undefined}`);
  if (encoded === undefined) {
    input.reportValidity();
    return;
  }
  const shown = encoded ?? view.default;
  input.value = shown === null ? "" : inputText(view, shown);
  setValue(encoded);
}

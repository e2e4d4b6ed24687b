/** An input field: its name, a control for its kind of value, and a reset button. */

import { live } from "lit/directives/live.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { renderCode } from "../inline-code.ts";
import type { FieldView } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import { applyLater, cancelApply, typedValue } from "./typing.ts";
import { displayText, encodeInput, MAX_TEXT_LENGTH } from "./wire-text.ts";

export interface Field {
  /** The id of the control, unique in the element. */
  id: string;
  name: string;
  view: FieldView;
  /** The entered value in wire format; null if none was entered. */
  text: string | null;
  placeholder: string;
  resetLabel: string;
  /** The data files from which a table can be read. */
  files: readonly string[];
  /** The problem that the latest run reported about the value. */
  problem: string | null;
  /** Set the value in wire format; null resets it. */
  onChange(text: string | null): void;
}

export function fieldTemplate(field: Field): TemplateResult {
  const { id, name, view, text, resetLabel, problem, onChange } = field;
  return html`<div class="field ${text === null ? "" : "has-value"} ${problem === null ? "" : "invalid"}">
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
  json: 'Enter JSON, such as 1.5, "text", true, null, [1, 2] or {"a": 1}.',
  literal: `Enter at most ${MAX_TEXT_LENGTH.toLocaleString("en")} characters.`,
  date: "Enter a date, such as 2024-01-31.",
  datetime: "Enter a date and time, such as 2024-01-31 12:00.",
  table: `Paste at most ${MAX_TEXT_LENGTH.toLocaleString("en")} characters. For a larger table, add a file and choose it here.`,
};

function controlTemplate(field: Field): TemplateResult {
  const { id, view, text, placeholder } = field;
  const current = text ?? view.default;
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
            .checked=${live(current === "true")}
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
        .value=${live(current === null ? "" : displayText(current))}
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
        .value=${typedValue(inputText(view, current), view.kind, current)}
        @input=${(event: Event) => applyLater(event.target as HTMLTextAreaElement, view.kind, setValue)}
        @change=${(event: Event) => submit(event.target as HTMLTextAreaElement, view, setValue)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault(); // Shift+Enter inserts a line break, and Ctrl or ⌘ + Enter runs the code
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
        enterkeyhint="done"
        placeholder=${placeholder}
        aria-describedby=${describedBy(field)}
        .value=${typedValue(inputText(view, current), view.kind, current)}
        @input=${(event: Event) => applyLater(event.target as HTMLInputElement, view.kind, setValue)}
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

/** Render a menu of data files, and a box for pasting a table as CSV, tab-separated text or JSON. */
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
      placeholder="or paste CSV or spreadsheet cells"
      .value=${typedValue(inputText(view, isPasted ? text : null), view.kind, text)}
      @input=${(event: Event) => applyLater(event.target as HTMLTextAreaElement, view.kind, setValue)}
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
  const current = text ?? view.default;
  return html`<select id=${id} aria-describedby=${describedBy(field)} @change=${(event: Event) => setValue((event.target as HTMLSelectElement).value || null)}>
    ${view.default === null ? html`<option value="" ?selected=${current === null}>${placeholder}</option>` : nothing}
    ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === current}>${displayText(choice)}</option>`)}
  </select>`;
}

/** Return the text that an input element shows for a value in wire format; empty for null. */
function inputText(view: FieldView, text: string | null): string {
  if (text === null) return "";
  if (view.kind === "json") return text;
  return view.kind === "table" ? text.slice("table:".length) : displayText(text);
}

/** Set the value of a field. Invalid text stays in the field, marked as invalid. */
function submit(
  input: HTMLInputElement | HTMLTextAreaElement,
  view: FieldView,
  setValue: (text: string | null) => void,
): void {
  cancelApply(input);
  const encoded = encodeInput(view.kind, input.value);
  input.setCustomValidity(encoded === undefined ? (INVALID_TEXTS[view.kind] ?? "") : "");
  input.setAttribute("aria-invalid", `${encoded === undefined}`);
  if (encoded === undefined) {
    input.reportValidity();
    return;
  }
  input.value = inputText(view, encoded ?? view.default);
  setValue(encoded);
}

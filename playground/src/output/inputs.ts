/** What a run is asked for: values for inputs, the config, and the outputs to compute. */

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { FieldView, Given } from "../protocol.ts";
import type { Workspace } from "../state/workspace.ts";
import { shownText, writtenText } from "./json-text.ts";

export interface InputHandlers {
  /** `text` is JSON; null for the default. */
  onGiven(role: keyof Given, name: string, text: string | null): void;
  /** Null for all that nothing reads. */
  onOutputs(outputs: string[] | null): void;
}

export type Asked = Pick<Workspace, "graph" | "given" | "outputs">;

export function inputsTemplate(asked: Asked, on: InputHandlers): TemplateResult {
  const { graph, given } = asked;
  const inputs = graph.nodes.flatMap(({ name, field }) => (field === undefined ? [] : [[name, field] as const]));
  const others = graph.nodes.filter((node) => node.kind === "input" && node.field === undefined);
  const config = Object.entries(graph.config ?? {});
  const row = (role: keyof Given, name: string, field: FieldView): TemplateResult =>
    fieldTemplate(`${role}-${name}`, name, field, given[role][name] ?? null, (text) => on.onGiven(role, name, text));
  return html`<div class="asked">
    <section aria-labelledby="asked-inputs">
      <h2 id="asked-inputs">Inputs</h2>
      ${inputs.length + others.length === 0 ? html`<p class="empty">The functions need nothing from outside.</p>` : nothing}
      ${inputs.map(([name, field]) => row("inputs", name, field))}
      ${others.map(
        ({ name, type }) =>
          html`<div class="field"><span class="mono">${name}</span><span class="hint">${type}: not to be typed in here</span></div>`,
      )}
    </section>
    ${
      config.length === 0
        ? nothing
        : html`<section aria-labelledby="asked-config">
            <h2 id="asked-config">Config</h2>
            ${config.map(([name, field]) => row("config", name, field))}
          </section>`
    }
    ${outputsTemplate(asked, on)}
  </div>`;
}

/** How many values differ from their defaults. */
export function givenCount({ inputs, config }: Given): number {
  return Object.keys(inputs).length + Object.keys(config).length;
}

function fieldTemplate(
  id: string,
  name: string,
  field: FieldView,
  text: string | null,
  onWritten: (text: string | null) => void,
): TemplateResult {
  const give = (written: string | null): void => onWritten(written === field.default ? null : written);
  return html`<div class="field ${text === null ? "" : "given"}">
    <label class="mono" for=${id}>${name}</label>
    ${controlTemplate(id, field, text, give)}
    ${
      text === null
        ? html`<span class="hint">${field.kind === "choice" ? nothing : field.kind}</span>`
        : html`<button class="link hint" @click=${() => onWritten(null)}>
            ${field.default === null ? "Clear" : `Back to ${shownText(field.default)}`}
          </button>`
    }
  </div>`;
}

function controlTemplate(
  id: string,
  field: FieldView,
  text: string | null,
  give: (text: string | null) => void,
): TemplateResult {
  const present = text ?? field.default;
  switch (field.kind) {
    case "bool":
      return html`<input
        id=${id}
        type="checkbox"
        .checked=${live(present === "true")}
        @change=${(event: Event) => give(String((event.target as HTMLInputElement).checked))}
      />`;
    case "choice":
      return html`<select id=${id} @change=${(event: Event) => give((event.target as HTMLSelectElement).value || null)}>
        ${field.default === null ? html`<option value="" ?selected=${present === null}>not set</option>` : nothing}
        ${field.choices.map((choice) => html`<option value=${choice} ?selected=${choice === present}>${shownText(choice)}</option>`)}
      </select>`;
    default:
      return html`<input
        id=${id}
        type="text"
        inputmode=${field.kind === "str" ? "text" : field.kind === "int" ? "numeric" : "decimal"}
        spellcheck="false"
        autocomplete="off"
        placeholder=${field.default === null ? "needed" : nothing}
        .value=${present === null ? "" : shownText(present)}
        @change=${(event: Event) => enter(event.target as HTMLInputElement, field, give)}
      />`;
  }
}

/** A number that is none stays in its field, which says so. */
function enter(input: HTMLInputElement, field: FieldView, give: (text: string | null) => void): void {
  const written = writtenText(field.kind, input.value);
  const wrong = written === undefined;
  input.setCustomValidity(wrong ? `This is no ${field.kind === "int" ? "whole number" : "number"}.` : "");
  if (wrong) {
    input.reportValidity();
    return;
  }
  const shown = written ?? field.default;
  input.value = shown === null ? "" : shownText(shown);
  give(written);
}

/** The nodes that nothing reads, and those that were chosen. The last one that is left cannot be left out. */
function outputsTemplate({ graph, outputs }: Asked, on: InputHandlers): TemplateResult {
  const all = graph.nodes.filter((node) => node.output).map((node) => node.name);
  const chosen = outputs ?? all;
  const names = [...all, ...chosen.filter((name) => !all.includes(name))];
  const choose = (name: string, wanted: boolean): void => {
    const next = names.filter((one) => (one === name ? wanted : chosen.includes(one)));
    on.onOutputs(next.join() === all.join() ? null : next);
  };
  return html`<section aria-labelledby="asked-outputs">
    <h2 id="asked-outputs">Outputs</h2>
    ${names.map((name) => {
      const wanted = chosen.includes(name);
      return html`<label class="field output">
        <input
          type="checkbox"
          .checked=${live(wanted)}
          ?disabled=${wanted && chosen.length === 1}
          @change=${(event: Event) => choose(name, (event.target as HTMLInputElement).checked)}
        />
        <span class="mono">${name}</span>
      </label>`;
    })}
    ${all.length === chosen.length && all.every((name) => chosen.includes(name)) ? nothing : html`<button class="link hint" @click=${() => on.onOutputs(null)}>Compute all outputs</button>`}
  </section>`;
}

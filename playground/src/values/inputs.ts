/** The Inputs panel: values of inputs, config and overrides, and the outputs to compute. */

import { live } from "lit/directives/live.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { getOwn } from "../get-own.ts";
import type { FieldTexts, FieldView, GraphView } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import type { Workspace } from "../state/workspace.ts";
import { fieldTemplate } from "./field.ts";
import { fieldId } from "./field-links.ts";
import { fieldProblem, tableFiles } from "./field-state.ts";
import { overridesTemplate } from "./overrides.ts";
import { displayText } from "./wire-text.ts";

export interface InputHandlers {
  /** Set a value in wire format; null for the default. */
  onValue(role: keyof FieldTexts, name: string, text: string | null): void;
  /** Choose the outputs to compute; null for all leaf nodes. */
  onOutputs(outputs: string[] | null): void;
}

export type InputsState = Pick<Workspace, "graph" | "fieldTexts" | "outputs" | "problems" | "files">;

export function inputsTemplate(workspace: InputsState, on: InputHandlers): TemplateResult {
  const { graph, fieldTexts } = workspace;
  const inputNodes = graph.nodes.filter((node) => node.kind === "input");
  const inputs = inputNodes.flatMap(({ name, field }) => (field === undefined ? [] : [[name, field] as const]));
  const notEnterable = inputNodes.filter((node) => node.field === undefined);
  const config = Object.entries(graph.config ?? {});
  const row = (role: "inputs" | "config", name: string, view: FieldView): TemplateResult => {
    const text = getOwn(fieldTexts[role], name) ?? null;
    return fieldTemplate({
      id: fieldId({ role, name }),
      name,
      view,
      text,
      placeholder: placeholderOf(role, name, view, graph),
      files: tableFiles(workspace.files),
      problem: fieldProblem({ role, name }, text, workspace.problems),
      resetLabel: view.default === null ? "Clear" : `Reset to ${displayText(view.default)}`,
      onChange: (text) => on.onValue(role, name, text),
    });
  };
  return html`<div class="inputs-panel">
    <section aria-labelledby="heading-inputs">
      <h2 id="heading-inputs">Inputs</h2>
      ${inputs.length + notEnterable.length === 0 ? html`<p class="empty">This dataflow has no inputs.</p>` : nothing}
      ${inputs.map(([name, field]) => row("inputs", name, field))}
      ${notEnterable.map(
        ({ name, type }) =>
          html`<div class="field"><span class="mono">${escapeInvisible(name)}</span><span class="hint">A value of type ${type} cannot be entered here. Write a function <code>${escapeInvisible(name)}</code> that returns it.</span></div>`,
      )}
    </section>
    ${
      config.length === 0
        ? nothing
        : html`<section aria-labelledby="heading-config">
            <h2 id="heading-config">Config</h2>
            ${config.map(([name, field]) => row("config", name, field))}
          </section>`
    }
    ${overridesTemplate(workspace, (name, text) => on.onValue("overrides", name, text))} ${outputsTemplate(workspace, on)}
  </div>`;
}

/** Return the placeholder of an empty field. */
function placeholderOf(role: "inputs" | "config", name: string, view: FieldView, { edges }: GraphView): string {
  const isChoice = view.kind === "choice" || view.kind === "bool";
  if (role === "config") return isChoice ? "not set" : "required";
  const isNeeded = edges.some((edge) => edge.source === name && !edge.optional);
  return isNeeded ? (isChoice ? "not set" : "required") : "default";
}

/** Count the values that were set: inputs, config and overrides. */
export function setValueCount(fieldTexts: FieldTexts): number {
  return Object.values(fieldTexts).reduce((count, values) => count + Object.keys(values).length, 0);
}

/** Render a checkbox for each leaf node and each selected output. The last selected output cannot be deselected. */
function outputsTemplate({ graph, outputs }: InputsState, on: InputHandlers): TemplateResult {
  const all = graph.nodes.filter((node) => node.output).map((node) => node.name);
  const chosen = outputs ?? all;
  const names = [...all, ...chosen.filter((name) => !all.includes(name))];
  const toggle = (name: string, isSelected: boolean): void => {
    const next = names.filter((other) => (other === name ? isSelected : chosen.includes(other)));
    on.onOutputs(next.join() === all.join() ? null : next);
  };
  return html`<section aria-labelledby="heading-outputs">
    <h2 id="heading-outputs">Outputs</h2>
    <div role="group" aria-labelledby="heading-outputs" data-roving="vertical">
    ${names.map((name) => {
      const isSelected = chosen.includes(name);
      return html`<label class="field output">
        <input
          type="checkbox"
          .checked=${live(isSelected)}
          ?disabled=${isSelected && chosen.length === 1}
          @change=${(event: Event) => toggle(name, (event.target as HTMLInputElement).checked)}
        />
        <span class="mono">${escapeInvisible(name)}</span>
      </label>`;
    })}
    </div>
    ${all.length === chosen.length && all.every((name) => chosen.includes(name)) ? nothing : html`<button class="link hint" @click=${() => on.onOutputs(null)}>Compute all outputs</button>`}
  </section>`;
}

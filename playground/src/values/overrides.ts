/** Values in the place of those that functions would compute. */

import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { getOwn } from "../get-own.ts";
import type { NodeView, Preview } from "../protocol.ts";
import type { Workspace } from "../state/workspace.ts";
import { fieldTemplate } from "./field.ts";
import { fieldId } from "./field-links.ts";
import { fieldProblem, tableFiles } from "./field-state.ts";

/** What is wrong, and the files that there are. */
type FieldContext = Pick<Workspace, "problems" | "files">;

/** `text` is one of the wire; null to have the function compute it again. */
type Override = (node: string, text: string | null) => void;

/** In the inspector of a node: folded away until it is wanted or given. */
export function overrideTemplate(
  node: NodeView,
  text: string | null,
  computed: Preview | null,
  { problems, files }: FieldContext,
  on: Override,
): TemplateResult | typeof nothing {
  if (node.kind !== "function") return nothing;
  const content =
    node.field === undefined
      ? html`<p class="hint">A value of type ${typeOf(node)} cannot be entered here.</p>`
      : rowTemplate(`inspected-${node.name}`, node, text, computed, { problems, files }, on);
  return html`<dt>override</dt>
    <dd>
      ${keyed(
        node.name,
        html`<details class="override" ?open=${text !== null}>
          <summary>${text === null ? "Give a value of your own" : "Your value stands in its place"}</summary>
          ${content}
        </details>`,
      )}
    </dd>`;
}

/** All of them, to be changed and taken back. */
export function overridesTemplate(
  { graph, given, problems, files }: Pick<Workspace, "graph" | "given"> & FieldContext,
  on: Override,
): TemplateResult {
  const overridden = graph.nodes.filter(({ name, kind }) => kind === "function" && name in given.overrides);
  return html`<section aria-labelledby="asked-overrides">
    <h2 id="asked-overrides">Overrides</h2>
    ${overridden.map((node) => rowTemplate(fieldId({ role: "overrides", name: node.name }), node, getOwn(given.overrides, node.name) ?? null, null, { problems, files }, on))}
    ${
      overridden.length > 0
        ? nothing
        : html`<p class="empty">Every function computes its value. Pick a node to give it a value of your own.</p>`
    }
  </section>`;
}

function rowTemplate(
  id: string,
  node: NodeView,
  text: string | null,
  computed: Preview | null,
  { problems, files }: FieldContext,
  on: Override,
): TemplateResult {
  // What a type cannot be typed in as, another version of the code could: then it can only be taken back.
  const view = node.field ?? { kind: "json" as const, choices: [], default: null };
  return fieldTemplate({
    id,
    name: node.name,
    view,
    text,
    placeholder: computed?.kind === "scalar" ? computed.text : "computed",
    resetLabel: "Compute it",
    files: tableFiles(files),
    problem: fieldProblem({ role: "overrides", name: node.name }, text, problems),
    onChange: (text) => on(node.name, text),
  });
}

/** The type alone: an overridden node's is shown with its value. */
function typeOf({ type }: NodeView): string {
  return type.split(" = ", 1)[0] ?? type;
}

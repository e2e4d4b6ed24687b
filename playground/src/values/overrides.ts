/** Overrides: values that replace the values that functions compute. */

import { keyed } from "lit/directives/keyed.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { getOwn } from "../get-own.ts";
import type { NodeView, Preview } from "../protocol.ts";
import type { Workspace } from "../state/workspace.ts";
import { fieldTemplate } from "./field.ts";
import { fieldId } from "./field-links.ts";
import { fieldProblem, tableFiles } from "./field-state.ts";

type FieldContext = Pick<Workspace, "problems" | "files">;

/** Override a node with a value in wire format; null removes the override. */
type Override = (node: string, text: string | null) => void;

/** Render the override in the inspector, collapsed unless it is set. */
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
          <summary>${text === null ? "Override this value" : "Overridden by this value"}</summary>
          ${content}
        </details>`,
      )}
    </dd>`;
}

/** Render all overrides, each with a button to remove it. */
export function overridesTemplate(
  { graph, fieldTexts, problems, files }: Pick<Workspace, "graph" | "fieldTexts"> & FieldContext,
  on: Override,
): TemplateResult {
  const overridden = graph.nodes.filter(({ name, kind }) => kind === "function" && name in fieldTexts.overrides);
  return html`<section aria-labelledby="heading-overrides">
    <h2 id="heading-overrides">Overrides</h2>
    ${overridden.map((node) => rowTemplate(fieldId({ role: "overrides", name: node.name }), node, getOwn(fieldTexts.overrides, node.name) ?? null, null, { problems, files }, on))}
    ${overridden.length > 0 ? nothing : html`<p class="empty">No overrides. Select a node to override its value.</p>`}
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
  // If the type has changed to one that cannot be entered, the override can only be removed.
  const view = node.field ?? { kind: "json" as const, choices: [], default: null };
  return fieldTemplate({
    id,
    name: node.name,
    view,
    text,
    placeholder: computed?.kind === "scalar" ? computed.text : "computed",
    resetLabel: "Remove override",
    files: tableFiles(files),
    problem: fieldProblem({ role: "overrides", name: node.name }, text, problems),
    onChange: (text) => on(node.name, text),
  });
}

/** Return a node's type without the ` = value` that follows it if the node is overridden. */
function typeOf({ type }: NodeView): string {
  return type.split(" = ", 1)[0] ?? type;
}

/** The inspector for a node: its value, documentation, neighbors, latest run, override and tags. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import { renderCode } from "../inline-code.ts";
import type { Files, GraphView, NodeRun, NodeState, NodeView, Preview, ProblemView } from "../protocol.ts";
import type { TablePosition } from "../runtime/runtime.ts";
import { escapeInvisible } from "../special-characters.ts";
import { causesText, reusedText } from "../state/causes.ts";
import { callsText } from "../state/elements.ts";
import { measurementText } from "../state/quantities.ts";
import type { Measurement } from "../state/workspace.ts";
import type { InputHandlers } from "./inputs.ts";
import { missingValueTemplate } from "./missing-value.ts";
import { overrideTemplate } from "./overrides.ts";
import { previewTemplate } from "./preview.ts";
import { type ProblemHandlers, problemsTemplate } from "./problems.ts";
import { staleTemplate } from "./stale.ts";

export interface Inspection extends ProblemHandlers {
  node: NodeView;
  graph: GraphView;
  run: NodeRun | undefined;
  /** The latest run of each node; empty before the first run. */
  latestRuns: Record<string, NodeRun>;
  /** The measurements of the latest call; absent if there are none. */
  measured?: Measurement | undefined;
  /** The preview. Null if the node has no value; "loading" until Python has answered. */
  preview: Preview | null | "loading";
  /** Whether a requested part of the value has not arrived yet. */
  isLoading: boolean;
  /** Whether the value was computed by older code. */
  isStale: boolean;
  problems: ProblemView[];
  files: Files;
  /** The outputs that a run computes; null for all leaf nodes. */
  outputs: readonly string[] | null;
  onOutputs(outputs: string[] | null): void;
  /** The override of the node in wire format; null if its function computes it. */
  override: string | null;
  onValue: InputHandlers["onValue"];
  onSelect(node: string): void;
  onPosition(position: TablePosition): void;
  /** Export a test for the node, or a script that computes it. */
  onExport(kind: "test" | "script", node: string): void;
}

export function inspectorTemplate(inspection: Inspection): TemplateResult {
  const { node, graph, run } = inspection;
  const needs = graph.edges.filter((edge) => edge.target === node.name).map((edge) => edge.source);
  const feeds = graph.edges.filter((edge) => edge.source === node.name).map((edge) => edge.target);
  const tags = Object.entries(node.tags);
  return html`
    <div class="inspector">
      <div>
        <h2 class="mono">${escapeInvisible(node.name)}</h2>
        <p class="meta">${firstParagraph(node.doc)}</p>
        ${valueTemplate(inspection)}
        ${run?.prints === undefined ? nothing : html`<h3>printed</h3><pre class="text" tabindex="0" aria-label="Printed">${run.prints}</pre>`}
      </div>
      <dl>
        <dt>type</dt>
        <dd class="mono">${node.type}</dd>
        ${callsTemplate(inspection)}
        ${nodeLinks("depends on", needs, inspection)} ${nodeLinks("used by", feeds, inspection)}
        <dt>latest run</dt>
        <dd>
          ${stateTemplate(inspection)} ${hints(inspection).map((hint) => html`<br /><span class="hint">${renderCode(hint)}</span>`)}
          ${computeOnlyTemplate(inspection)}
        </dd>
        ${overrideTemplate(node, inspection.override, shownPreview(inspection), inspection, (name, text) => inspection.onValue("overrides", name, text))}
        ${exportTemplate(inspection)}
        ${
          tags.length === 0
            ? nothing
            : html`<dt>tags</dt><dd>${tags.map(([key, value]) => html`<span class="chip">${key}: ${String(value)}</span>`)}</dd>`
        }
      </dl>
    </div>
  `;
}

function valueTemplate(inspection: Inspection): TemplateResult {
  const { node, problems } = inspection;
  const ownProblems = problems.filter((problem) => problem.node === node.name);
  if (ownProblems.some(({ severity }) => severity === "error")) return problemsTemplate(ownProblems, inspection);
  if (ownProblems.length > 0) return html`${problemsTemplate(ownProblems, inspection)} ${shownValue(inspection)}`;
  return shownValue(inspection);
}

function shownValue({ run, preview, isLoading, isStale, onPosition, ...on }: Inspection): TemplateResult {
  if (preview === "loading") return html`<p class="empty">The next run will compute this value.</p>`;
  if (preview !== null) return staleTemplate(previewTemplate(preview, { isLoading, onPosition }), isStale);
  return missingValueTemplate(run, on);
}

function shownPreview({ preview }: Inspection): Preview | null {
  return preview === "loading" ? null : preview;
}

function callsTemplate({ node, run }: Inspection): TemplateResult | typeof nothing {
  const calls = callsText(node, run);
  return calls === null ? nothing : html`<dt>called</dt><dd>${renderCode(calls)}</dd>`;
}

function nodeLinks(label: string, names: readonly string[], { onSelect }: Inspection): TemplateResult | typeof nothing {
  if (names.length === 0) return nothing;
  return html`<dt>${label}</dt>
    <dd>${names.map((name) => html`<button class="chip mono" @click=${() => onSelect(name)}>${escapeInvisible(name)}</button>`)}</dd>`;
}

function computeOnlyTemplate({ node, outputs, onOutputs }: Inspection): TemplateResult | typeof nothing {
  if (node.kind !== "function") return nothing;
  const isOnly = outputs?.length === 1 && outputs[0] === node.name;
  return html`<br /><button class="link hint" @click=${() => onOutputs(isOnly ? null : [node.name])}>
      ${isOnly ? "Compute all outputs" : "Compute only this node"}
    </button>`;
}

function exportTemplate({ node, onExport }: Inspection): TemplateResult | typeof nothing {
  if (node.kind !== "function") return nothing;
  return html`<dt>export</dt>
    <dd class="hint">
      <button class="link" @click=${() => onExport("test", node.name)}>Test for this node</button>
      <br /><button class="link" @click=${() => onExport("script", node.name)}>Script that computes this node</button>
    </dd>`;
}

const STATES: Record<NodeState, string> = {
  idle: "not run",
  stale: "stale: it needs a rerun",
  queued: "queued",
  running: "running",
  succeeded: "succeeded",
  reused: "reused",
  overridden: "overridden: its function does not run",
  failed: "failed",
  skipped: "skipped",
  waiting: "waiting for an input",
};

function stateTemplate({ node, graph, run, latestRuns }: Inspection): TemplateResult {
  if (node.kind !== "function") return html`provided as ${node.kind}`;
  const state = STATES[run?.state ?? "idle"];
  if (run?.state === "reused") return html`${state}: ${renderCode(reusedText(node.name, graph, latestRuns))}`;
  if (run?.seconds === undefined) return html`${state}`;
  return html`${state} · <span class="measurement">${measurementText(run.seconds, run.bytes)}</span>`;
}

/**
 * Explain the node's state: why its function was called, how long it took to compute a reused value, and why the next run calls
 * the function again.
 */
function hints({ node, run, measured }: Inspection): string[] {
  if (run === undefined) return [];
  const reasons = causesText(node.name, run);
  const isReused = run.state === "reused" && measured !== undefined;
  return [
    ...(reasons === null ? [] : [`It ran ${reasons}.`]),
    ...(isReused ? [`Its latest call: ${measurementText(measured.seconds, measured.bytes)}.`] : []),
    ...(run.again === undefined ? [] : [run.again]),
  ];
}

function firstParagraph(doc: string): string {
  return doc.split("\n\n", 1)[0]?.replaceAll("\n", " ") ?? "";
}

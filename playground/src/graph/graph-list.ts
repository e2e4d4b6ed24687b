/** The graph as a list that says the same: for screen readers, narrow panes, and where no drawing can be had. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { GraphView, NodeRun, NodeView } from "../protocol.ts";
import { changeMark, changeWord, type GraphChanges } from "./change-marks.ts";
import { needsByName } from "./lineage.ts";
import { markOf } from "./marks.ts";
import { ranksOf } from "./ranks.ts";
import { firstLine, stateOf, stateWord } from "./words.ts";

export interface GraphListing {
  graph: GraphView;
  runs: Record<string, NodeRun>;
  selected: string | null;
  /** What differs from another graph: said in the place of states. */
  changes?: GraphChanges | null;
  onSelect?: (name: string) => void;
}

export function graphListTemplate(listing: GraphListing): TemplateResult {
  const needs = needsByName(listing.graph.edges);
  return html`<ul class="graph-list" aria-label="Nodes of the dataflow">
    ${repeat(
      ranksOf(listing.graph).flat(),
      (node) => node.name,
      (node) => itemTemplate(listing, node, needs.get(node.name) ?? []),
    )}
  </ul>`;
}

function itemTemplate(
  { graph, runs, selected, changes, onSelect }: GraphListing,
  node: NodeView,
  needs: string[],
): TemplateResult {
  const state = stateOf(runs, node.name);
  const problems = graph.problems.filter((problem) => problem.node === node.name);
  const shown = problems.some((problem) => problem.severity === "error") ? "failed" : state;
  const change = changes?.nodes[node.name];
  const kind = node.output ? "output" : node.kind === "function" ? "" : node.kind;
  return html`<li class=${`item ${change ? `is-${change}` : shown}`}>
    <button
      type="button"
      class="item-button"
      data-node=${node.name}
      aria-pressed=${node.name === selected ? "true" : "false"}
      @click=${() => onSelect?.(node.name)}
    >
      <svg class="mark" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">${svg`<g>${change ? changeMark(change) : markOf(shown)}</g>`}</svg>
      <span class="item-name">${node.name}</span>
      <span class="item-type">${node.type}</span>
      <span class="item-state">${kind === "" ? nothing : `${kind} · `}${change ? changeWord(change) : stateWord(state)}</span>
      ${needs.length === 0 ? nothing : html`<span class="item-needs">needs ${needs.join(", ")}</span>`}
      ${runs[node.name]?.prints === undefined ? nothing : html`<span class="item-needs">printed: ${firstLine(runs[node.name]?.prints ?? "")}</span>`}
      ${problems.map((problem) => html`<span class="item-problem">${firstLine(problem.message)}</span>`)}
    </button>
  </li>`;
}

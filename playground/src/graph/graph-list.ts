/** The graph as a list: for screen readers, narrow panes, and graphs that cannot be drawn. */

import { repeat } from "lit/directives/repeat.js";
import { html, nothing, svg, type TemplateResult } from "lit/html.js";
import { getOwn } from "../get-own.ts";
import { renderCode } from "../inline-code.ts";
import { joinNames } from "../join-names.ts";
import type { GraphView, NodeRun, NodeView, ProblemView } from "../protocol.ts";
import { dependenciesByName } from "../selection/lineage.ts";
import { escapeInvisible } from "../special-characters.ts";
import { causesText } from "../state/causes.ts";
import { typeText } from "../state/elements.ts";
import { changeLabel, changeMark, type GraphChanges } from "./change-marks.ts";
import type { NodeGroup } from "./display-graph.ts";
import { filterGroup, groupState, nodeCountText } from "./folding.ts";
import { callText, firstLine, isNotable, problemsByNode, stateOf, statesText } from "./node-text.ts";
import { type GraphPicks, pickStateOf, pickText } from "./pick-marks.ts";
import { ranksOf } from "./ranks.ts";
import { stateMark } from "./state-marks.ts";

/** The groups that can be folded, and the ids of the folded groups. */
export interface FoldState {
  groups: readonly NodeGroup[];
  folded: ReadonlySet<string>;
}

export interface GraphListing {
  graph: GraphView;
  runs: Record<string, NodeRun>;
  selected: string | null;
  /** List the slowest nodes first, without groups. */
  slowestFirst?: boolean;
  /** Differences from another graph, shown instead of states. */
  changes?: GraphChanges | null;
  /** The nodes that a learner picks; null if nodes cannot be picked. */
  picks?: GraphPicks | null;
  folding?: FoldState | null;
  /** The nodes that the selector matches. All others are dimmed. */
  matched?: ReadonlySet<string> | null;
  onSelect?: (name: string) => void;
  onFold?: (group: string, folded: boolean) => void;
}

/** Data shared by all items, computed once. */
interface ListContext {
  listing: GraphListing;
  needs: Map<string, string[]>;
  problems: Map<string, ProblemView[]>;
  /** The duration of the longest call, in seconds. */
  longest: number;
}

interface Section {
  /** Null for a node without a group. */
  group: NodeGroup | null;
  nodes: NodeView[];
}

export function graphListTemplate(listing: GraphListing): TemplateResult {
  const { graph, runs } = listing;
  const items: ListContext = {
    listing,
    needs: dependenciesByName(graph.edges),
    problems: problemsByNode(graph.problems),
    longest: Math.max(0, ...graph.nodes.map(({ name }) => secondsOf(runs, name))),
  };
  return html`<ul class="graph-list" aria-label="Nodes in the dataflow" data-roving="vertical" data-roving-stop="pressed">
    ${repeat(
      sectionsOf(listing),
      ({ group, nodes }) => group?.id ?? nodes[0]?.name,
      ({ group, nodes }) =>
        group === null ? nodes.map((node) => itemTemplate(items, node)) : groupTemplate(items, group, nodes),
    )}
  </ul>`;
}

/**
 * Return the sections in flow order. A group has the position of its first node. With `slowestFirst`, return all nodes by
 * duration instead.
 */
function sectionsOf({ graph, folding, runs, slowestFirst = false }: GraphListing): Section[] {
  if (slowestFirst) {
    const nodes = ranksOf(graph).flat();
    nodes.sort((first, second) => secondsOf(runs, second.name) - secondsOf(runs, first.name));
    return nodes.map((node) => ({ group: null, nodes: [node] }));
  }
  const groups = new Map((folding?.groups ?? []).flatMap((group) => group.members.map((name) => [name, group])));
  const sections = new Map<string, Section>();
  for (const node of ranksOf(graph).flat()) {
    const group = groups.get(node.name) ?? null;
    const key = group?.id ?? node.name;
    const section = sections.get(key);
    if (section === undefined) sections.set(key, { group, nodes: [node] });
    else section.nodes.push(node);
  }
  return [...sections.values()];
}

function groupTemplate(items: ListContext, group: NodeGroup, nodes: NodeView[]): TemplateResult {
  const { folding, runs, onFold } = items.listing;
  const folded = folding?.folded.has(group.id) ?? false;
  const present = new Set(nodes.map((node) => node.name));
  const visibleGroup = filterGroup(group, (name) => present.has(name));
  const state = nodes.some((node) => hasError(items.problems.get(node.name)))
    ? "failed"
    : groupState(visibleGroup, runs);
  const fold = (event: KeyboardEvent): void => {
    if (event.key === "ArrowLeft") onFold?.(group.id, true);
    else if (event.key === "ArrowRight") onFold?.(group.id, false);
    else return;
    event.preventDefault();
  };
  return html`<li class=${`item ${state}`}>
    <button
      type="button"
      class="item-button item-group"
      data-group=${group.id}
      aria-expanded=${folded ? "false" : "true"}
      @click=${() => onFold?.(group.id, !folded)}
      @keydown=${fold}
    >
      <svg class="mark" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">${svg`<g>${stateMark(state)}</g>`}</svg>
      <span class="item-name">${escapeInvisible(group.label)}</span>
      <span class="item-state">${nodeCountText(visibleGroup.members.length)} · ${statesText(visibleGroup, runs)}</span>
    </button>
    ${
      folded
        ? nothing
        : html`<ul class="graph-list" aria-label=${escapeInvisible(group.label)}>
            ${repeat(
              nodes,
              (node) => node.name,
              (node) => itemTemplate(items, node),
            )}
          </ul>`
    }
  </li>`;
}

/** Return the duration of a node's call in the latest run; 0 without a call. */
function secondsOf(runs: Record<string, NodeRun>, name: string): number {
  return getOwn(runs, name)?.seconds ?? 0;
}

function hasError(problems: readonly ProblemView[] = []): boolean {
  return problems.some((problem) => problem.severity === "error");
}

function itemTemplate(
  { listing, needs: allNeeds, problems: allProblems, longest }: ListContext,
  node: NodeView,
): TemplateResult {
  const { runs, selected, slowestFirst, changes, picks = null, matched, onSelect } = listing;
  const run = getOwn(runs, node.name);
  const state = stateOf(runs, node.name);
  const needs = allNeeds.get(node.name) ?? [];
  const problems = allProblems.get(node.name) ?? [];
  const displayedState = hasError(problems) ? "failed" : state;
  const change = getOwn(changes?.nodes, node.name);
  const dim = matched && !matched.has(node.name) ? " dim" : "";
  const isPressed = picks === null ? node.name === selected : picks.picked.has(node.name);
  const pick = picks === null ? "" : pickText(pickStateOf(picks, node.name));
  const kind = node.output ? "output" : node.kind === "function" ? "" : node.kind;
  return html`<li class=${`item ${change ? `is-${change}` : displayedState}${dim}`}>
    <button
      type="button"
      class="item-button"
      data-node=${node.name}
      aria-pressed=${isPressed ? "true" : "false"}
      @click=${() => onSelect?.(node.name)}
    >
      <svg class="mark" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">${svg`<g>${change ? changeMark(change) : stateMark(displayedState)}</g>`}</svg>
      <span class="item-name">${escapeInvisible(node.name)}</span>
      <span class="item-type">${escapeInvisible(typeText(node))}</span>
      <span class="item-state">${pick === "" ? nothing : html`<strong>${pick}</strong> · `}${kind === "" ? nothing : `${kind} · `}${change ? changeLabel(change) : escapeInvisible(callText(run))}</span>
      ${needs.length === 0 ? nothing : html`<span class="item-needs">depends on ${escapeInvisible(joinNames(needs))}</span>`}
      ${reasonsTemplate(node.name, run)}
      ${run?.prints === undefined ? nothing : html`<span class="item-needs">printed: ${firstLine(run.prints)}</span>`}
      ${problems.map((problem) => html`<span class=${`item-problem ${problem.severity}`}>${renderCode(firstLine(problem.message))}</span>`)}
      ${slowestFirst && isNotable(run) ? shareTemplate(run.seconds / longest) : nothing}
    </button>
  </li>`;
}

/** Draw the duration of a call relative to the longest call. */
function shareTemplate(share: number): TemplateResult {
  return html`<svg class="item-share" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">${svg`<rect width=${100 * share} height="2" />`}</svg>`;
}

/** Explain why a function ran again. A function that had no value before needs no explanation. */
function reasonsTemplate(name: string, run: NodeRun | undefined): TemplateResult | typeof nothing {
  if (run === undefined || run.causes?.[0]?.kind === "first") return nothing;
  const reasons = causesText(name, run);
  return reasons === null ? nothing : html`<span class="item-needs">ran ${renderCode(reasons)}</span>`;
}

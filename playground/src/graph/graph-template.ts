/** The drawing of a graph. The live element and the build of the site render it alike, so it asks nothing of a document. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { getOwn } from "../get-own.ts";
import type { GraphView, NodeRun, ProblemView } from "../protocol.ts";
import { dependenciesByName } from "../selection/lineage.ts";
import { readingOrder } from "./arrow-keys.ts";
import { changeLabel, changeMark, type GraphChanges } from "./change-marks.ts";
import { type DisplayGraph, type DisplayNode, edgeKey } from "./display-graph.ts";
import type { LaidOutEdge, LaidOutFrame, LaidOutNode, Layout } from "./layout.ts";
import { type LineageHighlight, lineageHighlight } from "./lineage-highlight.ts";
import { MARK_X, measureCaption, measureNode, NODE_HEIGHT, TEXT_LEFT } from "./measure.ts";
import { ariaLabelOf, problemsByNode, runText, stateOf, statesText, tooltipOf } from "./node-text.ts";
import { stateMark } from "./state-marks.ts";
import { LARGEST_FIT, MARGIN } from "./view.ts";

export interface GraphHandlers {
  /** A node was clicked. */
  onSelect(name: string): void;
  /** A node was clicked twice. */
  onOpen(name: string): void;
  /** A key was pressed on a node. */
  onKeydown(event: KeyboardEvent, name: string): void;
  /** The keyboard's stop moved to a node. */
  onFocus(name: string): void;
}

export interface GraphProps {
  layout: Layout;
  graph: DisplayGraph;
  /** The dataflow that the graph is of, and which of its drawn nodes stands for which node, where parts are folded. */
  fullGraph?: GraphView;
  drawnAs?: ReadonlyMap<string, string>;
  /** What the selector box selects; the rest is dimmed. Null where nothing is typed in. */
  matched?: ReadonlySet<string> | null;
  runs: Record<string, NodeRun>;
  selected: string | null;
  /** What differs from another graph: shown in the place of states. */
  changes?: GraphChanges | null;
  /** The node where the Tab key stops; else the selected one, else the first. */
  focused?: string | null;
  /** Only where the page renders: Lit's renderer for builds cannot fill a `<title>`. */
  tooltips?: boolean;
  handlers?: GraphHandlers;
}

/** A bubble around (0, 0), in the padding beside a node's text: it printed something. */
const SPEECH = "M-4.5-4h9v6h-5l-2.5 2.5v-2.5h-1.5z";

type Drawing = TemplateResult | typeof nothing;

/** What every node's drawing needs, worked out once for all of them. */
interface Scene {
  picture: GraphProps;
  nodes: Map<string, DisplayNode>;
  needs: Map<string, string[]>;
  problems: Map<string, ProblemView[]>;
  light: LineageHighlight | null;
  /** The drawn node that is selected or stands for the selected one. */
  selected: string | null;
  tabStop: string | null;
}

export function graphTemplate(picture: GraphProps): TemplateResult {
  const { layout, handlers } = picture;
  const scene = sceneOf(picture);
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  const named = (call: ((name: string) => void) | undefined) => (event: Event) => {
    const name = nodeUnder(event);
    if (name !== null) call?.(name);
  };
  return html`<svg
    class="graph"
    role="group"
    aria-label=${`Dataflow of ${layout.nodes.length} nodes`}
    viewBox=${`${-MARGIN} ${-MARGIN} ${width} ${height}`}
    style=${`max-width:${Math.round(width * LARGEST_FIT)}px;max-height:${Math.round(height * LARGEST_FIT)}px`}
    @click=${named(handlers?.onSelect)}
    @dblclick=${named(handlers?.onOpen)}
    @focusin=${named(handlers?.onFocus)}
    @keydown=${(event: KeyboardEvent) => named((name) => handlers?.onKeydown(event, name))(event)}
  >
    <g aria-hidden="true">${layout.frames.map(frameTemplate)}</g>
    <g aria-hidden="true">${layout.edges.map((edge) => edgeTemplate(edge, scene))}</g>
    ${repeat(
      layout.nodes,
      (place) => place.name,
      (place) => nodeTemplate(scene, place),
    )}
  </svg>`;
}

function sceneOf(picture: GraphProps): Scene {
  const { graph, fullGraph: whole = graph, drawnAs: standsFor = new Map<string, string>(), selected } = picture;
  const drawn = selected === null ? null : (standsFor.get(selected) ?? selected);
  return {
    picture,
    nodes: new Map(graph.nodes.map((node) => [node.name, node])),
    needs: dependenciesByName(graph.edges),
    problems: problemsByNode(graph.problems),
    light: selected === null ? null : lineageHighlight(whole, standsFor, selected),
    selected: drawn,
    tabStop: tabStopOf(picture, drawn),
  };
}

/** The node that an event happened on. */
function nodeUnder(event: Event): string | null {
  return event.target instanceof Element
    ? (event.target.closest<SVGElement>("[data-node]")?.dataset["node"] ?? null)
    : null;
}

function tabStopOf({ layout, focused }: GraphProps, selected: string | null): string | null {
  const has = (name: string | null | undefined): name is string => layout.nodes.some((node) => node.name === name);
  if (has(focused)) return focused;
  return has(selected) ? selected : (readingOrder(layout)[0]?.name ?? null);
}

function frameTemplate({ label, x, y, width, height }: LaidOutFrame): TemplateResult {
  return svg`<g class="frame" transform=${`translate(${x} ${y})`}><rect width=${width} height=${height} rx="12" /><text x="12" y="18">${measureCaption(label).text}</text></g>`;
}

function edgeTemplate(
  edge: LaidOutEdge,
  { picture: { runs, changes, matched: picked }, light }: Scene,
): TemplateResult {
  const classes = ["edge"];
  if (stateOf(runs, edge.target) === "overridden") classes.push("unread");
  if (edge.optional) classes.push("optional");
  if (changes) classes.push(`is-${changes.edge(edge)}`);
  if (light !== null) classes.push(light.edges.has(edgeKey(edge)) ? "lit" : "calm");
  if (picked && !(picked.has(edge.source) && picked.has(edge.target))) classes.push("dim");
  return svg`<g class=${classes.join(" ")}><path class="line" d=${edge.path} /><path class="head" d=${edge.head} /></g>`;
}

function nodeTemplate(scene: Scene, place: LaidOutNode): Drawing {
  const { runs, changes, tooltips = false } = scene.picture;
  const node = scene.nodes.get(place.name);
  if (node === undefined) return nothing;
  const state = stateOf(runs, node.name);
  const prints = getOwn(runs, node.name)?.prints;
  const face = measureNode(node);
  const problems = scene.problems.get(node.name) ?? [];
  const shown = problems.some((problem) => problem.severity === "error") ? "failed" : state;
  const change = getOwn(changes?.nodes, node.name);
  const said = change
    ? changeLabel(change)
    : node.group === undefined
      ? runText(getOwn(runs, node.name))
      : statesText(node.group, runs);
  const classes = ["node", node.kind, change ? `is-${change}` : shown, ...emphasis(node, scene, problems)];
  return svg`<g
    class=${classes.join(" ")}
    role="button"
    tabindex=${node.name === scene.tabStop ? "0" : "-1"}
    data-node=${node.name}
    data-state=${state}
    aria-label=${ariaLabelOf(node, said, needsOf(node, scene), problems, prints)}
    aria-pressed=${node.group === undefined ? String(node.name === scene.selected) : nothing}
    aria-expanded=${node.group === undefined ? nothing : "false"}
    transform=${`translate(${place.x} ${place.y})`}
  >${tooltips ? svg`<title>${tooltipOf(node, problems, prints)}</title>` : nothing}${node.group === undefined ? nothing : svg`<rect class="box behind" x="4" y="4" width=${place.width} height=${place.height} rx="9" />`}<rect class="box" width=${place.width} height=${place.height} rx=${
    node.kind === "function" && state !== "overridden" ? 9 : NODE_HEIGHT / 2
  } /><g class="mark" transform=${`translate(${MARK_X} ${NODE_HEIGHT / 2})`}>${change ? changeMark(change) : stateMark(shown)}</g><text class="name" x=${TEXT_LEFT} y=${
    face.type === "" ? 25 : 18.5
  }>${face.name}</text> <text class="type" x=${TEXT_LEFT} y="32">${face.type}</text>${
    prints === undefined
      ? nothing
      : svg`<path class="printed" transform=${`translate(${place.width - 10} 10)`} d=${SPEECH} />`
  }</g>`;
}

function needsOf(node: DisplayNode, { nodes, needs }: Scene): string[] {
  return (needs.get(node.name) ?? []).map((name) => nodes.get(name)?.group?.label ?? name);
}

function emphasis(
  node: DisplayNode,
  { picture: { matched: picked }, light, selected }: Scene,
  problems: readonly ProblemView[],
): string[] {
  const classes: string[] = [];
  if (node.group !== undefined) classes.push("group");
  if (node.output) classes.push("output");
  if (problems.some((problem) => problem.severity === "warning")) classes.push("doubtful");
  if (node.name === selected) classes.push("selected");
  else if (light !== null) classes.push(light.nodes.has(node.name) ? "lit" : "calm");
  if (picked && !picked.has(node.name)) classes.push("dim");
  return classes;
}

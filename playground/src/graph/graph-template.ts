/** The drawing of a graph. The site's build also renders it, so it must not need a document. */

import { repeat } from "lit/directives/repeat.js";
import { html, nothing, svg, type TemplateResult } from "lit/html.js";
import { getOwn } from "../get-own.ts";
import type { ElementsView, GraphView, NodeRun, NodeState, ProblemView } from "../protocol.ts";
import { dependenciesByName } from "../selection/lineage.ts";
import { readingOrder } from "./arrow-keys.ts";
import { changeLabel, changeMark, type GraphChanges } from "./change-marks.ts";
import { type DisplayGraph, type DisplayNode, edgeKey } from "./display-graph.ts";
import { nodeCountText } from "./folding.ts";
import type { LaidOutEdge, LaidOutFrame, LaidOutNode, Layout } from "./layout.ts";
import { type LineageHighlight, lineageHighlight } from "./lineage-highlight.ts";
import { BADGE_HEIGHT, MARK_X, measureBadge, measureCaption, measureNode, NODE_HEIGHT, TEXT_LEFT } from "./measure.ts";
import { ariaLabelOf, badgeText, problemsByNode, runText, stateOf, statesText, tooltipOf } from "./node-text.ts";
import { type GraphPicks, pickLabel, pickStateOf, pickTemplate } from "./pick-marks.ts";
import { stateMark } from "./state-marks.ts";
import { MARGIN, MAX_FIT_SCALE } from "./view.ts";

export interface GraphHandlers {
  /** A node was clicked. */
  onSelect(name: string): void;
  /** A node was double-clicked. */
  onOpen(name: string): void;
  /** A key was pressed on a node. */
  onKeydown(event: KeyboardEvent, name: string): void;
  /** A node received keyboard focus. */
  onFocus(name: string): void;
}

export interface GraphProps {
  layout: Layout;
  graph: DisplayGraph;
  /** The whole dataflow, without folding. */
  fullGraph?: GraphView;
  /** The group that represents each folded node in the drawing, keyed by the node's name. */
  drawnAs?: ReadonlyMap<string, string>;
  /** The nodes that the selector matches. All others are dimmed. Null without a selector. */
  matched?: ReadonlySet<string> | null;
  runs: Record<string, NodeRun>;
  selected: string | null;
  /** Differences from another graph, shown instead of states. */
  changes?: GraphChanges | null;
  /** The nodes that a learner picks; null if nodes cannot be picked. */
  picks?: GraphPicks | null;
  /** The node that Tab reaches. Defaults to the selected node, or otherwise the first node. */
  focused?: string | null;
  /** Whether to render tooltips: only in the browser, because Lit's server renderer cannot fill a `<title>`. */
  tooltips?: boolean;
  handlers?: GraphHandlers;
}

/** A speech bubble around (0, 0), which marks a node that printed something. */
const SPEECH = "M-4.5-4h9v6h-5l-2.5 2.5v-2.5h-1.5z";

/** Pixels from the sides of a box to the ends of its progress bar. */
const PROGRESS_INSET = 10;

type Drawing = TemplateResult | typeof nothing;

/** Data shared by all nodes of a drawing, computed once. */
interface Scene {
  props: GraphProps;
  nodes: Map<string, DisplayNode>;
  needs: Map<string, string[]>;
  problems: Map<string, ProblemView[]>;
  highlight: LineageHighlight | null;
  /** The drawn node that is the selected node or contains it. */
  selected: string | null;
  tabStop: string | null;
}

export function graphTemplate(props: GraphProps): TemplateResult {
  const { layout, handlers } = props;
  const scene = sceneOf(props);
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  const withNode = (call: ((name: string) => void) | undefined) => (event: Event) => {
    const name = nodeUnder(event);
    if (name !== null) call?.(name);
  };
  return html`<svg
    class="graph"
    role="group"
    tabindex="-1"
    aria-label=${`Dataflow with ${nodeCountText(layout.nodes.length)}`}
    viewBox=${`${-MARGIN} ${-MARGIN} ${width} ${height}`}
    style=${`max-width:${Math.round(width * MAX_FIT_SCALE)}px;max-height:${Math.round(height * MAX_FIT_SCALE)}px`}
    @click=${withNode(handlers?.onSelect)}
    @dblclick=${withNode(handlers?.onOpen)}
    @focusin=${withNode(handlers?.onFocus)}
    @keydown=${(event: KeyboardEvent) => withNode((name) => handlers?.onKeydown(event, name))(event)}
  >
    <g aria-hidden="true">${layout.frames.map(frameTemplate)}</g>
    <g aria-hidden="true">${layout.edges.map((edge) => edgeTemplate(edge, scene))}</g>
    ${repeat(
      layout.nodes,
      (box) => box.name,
      (box) => nodeTemplate(scene, box),
    )}
  </svg>`;
}

function sceneOf(picture: GraphProps): Scene {
  const { graph, fullGraph = graph, drawnAs = new Map<string, string>(), selected } = picture;
  const drawnName = selected === null ? null : (drawnAs.get(selected) ?? selected);
  return {
    props: picture,
    nodes: new Map(graph.nodes.map((node) => [node.name, node])),
    needs: dependenciesByName(graph.edges),
    problems: problemsByNode(graph.problems),
    highlight: selected === null ? null : lineageHighlight(fullGraph, drawnAs, selected),
    selected: drawnName,
    tabStop: tabStopOf(picture, drawnName),
  };
}

/** Return the name of the node on which an event occurred. */
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
  { props: { runs, changes, matched }, highlight: light }: Scene,
): TemplateResult {
  const classes = ["edge"];
  if (stateOf(runs, edge.target) === "overridden") classes.push("unread");
  if (edge.optional) classes.push("optional");
  if (changes) classes.push(`is-${changes.edge(edge)}`);
  if (light !== null) classes.push(light.edges.has(edgeKey(edge)) ? "lit" : "calm");
  if (matched && !(matched.has(edge.source) && matched.has(edge.target))) classes.push("dim");
  return svg`<g class=${classes.join(" ")}><path class="line" d=${edge.path} /><path class="head" d=${edge.head} /></g>`;
}

function nodeTemplate(scene: Scene, box: LaidOutNode): Drawing {
  const { runs, changes, picks = null, tooltips = false } = scene.props;
  const node = scene.nodes.get(box.name);
  if (node === undefined) return nothing;
  const state = stateOf(runs, node.name);
  const run = getOwn(runs, node.name);
  const badge = changes ? "" : badgeText(run);
  const face = measureNode(node);
  const problems = scene.problems.get(node.name) ?? [];
  const displayedState = problems.some((problem) => problem.severity === "error") ? "failed" : state;
  const change = getOwn(changes?.nodes, node.name);
  const stateText = change
    ? changeLabel(change)
    : node.group === undefined
      ? runText(run)
      : statesText(node.group, runs);
  const pick = picks === null || node.group !== undefined ? null : pickStateOf(picks, node.name);
  const isPressed = pick === null ? node.name === scene.selected : picks?.picked.has(node.name) === true;
  const pickWord = pick === null ? "" : pickLabel(pick);
  const classes = [
    "node",
    node.kind,
    change ? `is-${change}` : displayedState,
    ...emphasisClasses(node, scene, problems),
    ...(pick === null ? [] : [`pick-${pick}`]),
  ];
  return svg`<g
    class=${classes.join(" ")}
    role="button"
    tabindex=${node.name === scene.tabStop ? "0" : "-1"}
    data-node=${node.name}
    data-state=${state}
    aria-label=${ariaLabelOf(node, stateText, neededLabels(node, scene), problems, { prints: run?.prints, badge, pick: pickWord })}
    aria-pressed=${node.group === undefined ? String(isPressed) : nothing}
    aria-expanded=${node.group === undefined ? nothing : "false"}
    transform=${`translate(${box.x} ${box.y})`}
  >${tooltips ? svg`<title>${tooltipOf(node, problems, run)}</title>` : nothing}${boxTemplate(node, state, box)}<g class="mark" transform=${`translate(${MARK_X} ${NODE_HEIGHT / 2})`}>${change ? changeMark(change) : stateMark(displayedState)}</g><text class="name" x=${TEXT_LEFT} y=${
    face.type === "" ? 25 : 18.5
  }>${face.name}</text> <text class="type" x=${TEXT_LEFT} y="32">${face.type}</text>${
    run?.prints === undefined
      ? nothing
      : svg`<path class="printed" transform=${`translate(${box.width - 10} 10)`} d=${SPEECH} />`
  }${state === "running" && run?.elements ? progressTemplate(run.elements, box) : nothing}${badge === "" ? nothing : svg` ${badgeTemplate(badge, box)}`}${pick === null ? nothing : svg` ${pickTemplate(pick, box.width)}`}</g>`;
}

/** Draw the box of a node. A folded group has one box behind it, and a function that is called for each element has two. */
function boxTemplate(node: DisplayNode, state: NodeState, { width, height }: LaidOutNode): TemplateResult[] {
  const rounding = node.kind === "function" && state !== "overridden" ? 9 : NODE_HEIGHT / 2;
  const behind = node.group !== undefined ? [4] : node.each !== undefined ? [6, 3] : [];
  return [...behind, 0].map(
    (offset) =>
      svg`<rect class=${offset === 0 ? "box" : "box behind"} x=${offset} y=${offset} width=${width} height=${height} rx=${rounding} />`,
  );
}

/** Draw a bar along the lower edge of a box. */
function progressTemplate({ computed, total }: ElementsView, box: LaidOutNode): TemplateResult {
  const length = box.width - 2 * PROGRESS_INSET;
  const line = (share: number): string => `M${PROGRESS_INSET} ${box.height - 5.5}h${length * share}`;
  return svg`<g class="progress"><path class="track" d=${line(1)} /><path d=${line(Math.min(1, computed / Math.max(1, total)))} /></g>`;
}

/** Draw a label at the lower right corner of a box, away from the middle, where edges begin and end. */
function badgeTemplate(text: string, box: LaidOutNode): TemplateResult {
  const width = measureBadge(text);
  return svg`<g class="badge" transform=${`translate(${box.width - width + 4} ${box.height - 4})`}><rect width=${width} height=${BADGE_HEIGHT} rx=${BADGE_HEIGHT / 2} /><text x=${width / 2} y="10.5" text-anchor="middle">${text}</text></g>`;
}

function neededLabels(node: DisplayNode, { nodes, needs }: Scene): string[] {
  return (needs.get(node.name) ?? []).map((name) => nodes.get(name)?.group?.label ?? name);
}

function emphasisClasses(
  node: DisplayNode,
  { props: { matched: picked }, highlight: light, selected }: Scene,
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

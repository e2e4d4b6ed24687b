/** The drawing of a graph. The live element and the build of the site render it alike, so it asks nothing of a document. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { GraphView, NodeRun, NodeView, ProblemView } from "../protocol.ts";
import { changeMark, changeWord, type GraphChanges } from "./change-marks.ts";
import type { LaidOutEdge, LaidOutNode, Layout } from "./layout.ts";
import { type Lineage, lineageOf, needsByName } from "./lineage.ts";
import { markOf } from "./marks.ts";
import { faceOf, MARK_X, NODE_HEIGHT, TEXT_LEFT } from "./measure.ts";
import { LARGEST_FIT, MARGIN } from "./view.ts";
import { inReadingOrder } from "./walk.ts";
import { spokenOf, stateOf, stateWord, tooltipOf } from "./words.ts";

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

export interface GraphPicture {
  layout: Layout;
  graph: GraphView;
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
  picture: GraphPicture;
  nodes: Map<string, NodeView>;
  needs: Map<string, string[]>;
  lineage: Lineage | null;
  tabStop: string | null;
}

export function graphTemplate(picture: GraphPicture): TemplateResult {
  const { layout, graph, selected, handlers } = picture;
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const lineage = selected !== null && nodes.has(selected) ? lineageOf(graph, selected) : null;
  const scene: Scene = { picture, nodes, needs: needsByName(graph.edges), lineage, tabStop: tabStopOf(picture) };
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
    <g class="scene">
      <g aria-hidden="true">${layout.edges.map((edge) => edgeTemplate(edge, scene))}</g>
      ${repeat(
        layout.nodes,
        (place) => place.name,
        (place) => nodeTemplate(scene, place),
      )}
    </g>
  </svg>`;
}

/** The node that an event happened on. */
function nodeUnder(event: Event): string | null {
  return event.target instanceof Element
    ? (event.target.closest<SVGElement>("[data-node]")?.dataset["node"] ?? null)
    : null;
}

function tabStopOf({ layout, selected, focused }: GraphPicture): string | null {
  const has = (name: string | null | undefined): name is string => layout.nodes.some((node) => node.name === name);
  if (has(focused)) return focused;
  return has(selected) ? selected : (inReadingOrder(layout)[0]?.name ?? null);
}

function edgeTemplate(edge: LaidOutEdge, { picture: { runs, selected, changes }, lineage }: Scene): TemplateResult {
  const classes = ["edge"];
  if (stateOf(runs, edge.target) === "overridden") classes.push("unread");
  if (edge.optional) classes.push("optional");
  if (changes) classes.push(`is-${changes.edge(edge)}`);
  if (lineage !== null) classes.push(onTheWay(edge, lineage, selected) ? "lit" : "calm");
  return svg`<g class=${classes.join(" ")}><path class="line" d=${edge.path} /><path class="head" d=${edge.head} /></g>`;
}

function onTheWay({ source, target }: LaidOutEdge, lineage: Lineage, selected: string | null): boolean {
  const into = lineage.upstream.has(source) && (target === selected || lineage.upstream.has(target));
  const outOf = lineage.downstream.has(target) && (source === selected || lineage.downstream.has(source));
  return into || outOf;
}

function nodeTemplate({ picture, nodes, needs, lineage, tabStop }: Scene, place: LaidOutNode): Drawing {
  const { graph, runs, selected, changes, tooltips = false } = picture;
  const node = nodes.get(place.name);
  if (node === undefined) return nothing;
  const state = stateOf(runs, node.name);
  const prints = runs[node.name]?.prints;
  const face = faceOf(node);
  const problems = graph.problems.filter((problem) => problem.node === node.name);
  const shown = problems.some((problem) => problem.severity === "error") ? "failed" : state;
  const isSelected = node.name === selected;
  const change = changes?.nodes[node.name];
  const classes = [
    "node",
    node.kind,
    change ? `is-${change}` : shown,
    ...emphasis(node, isSelected, lineage, problems),
  ];
  return svg`<g
    class=${classes.join(" ")}
    role="button"
    tabindex=${node.name === tabStop ? "0" : "-1"}
    data-node=${node.name}
    data-state=${state}
    aria-label=${spokenOf(node, change ? changeWord(change) : stateWord(state), needs.get(node.name) ?? [], problems, prints)}
    aria-pressed=${isSelected ? "true" : "false"}
    transform=${`translate(${place.x} ${place.y})`}
  >${tooltips ? svg`<title>${tooltipOf(node, problems, prints)}</title>` : nothing}<rect class="box" width=${place.width} height=${place.height} rx=${
    node.kind === "function" && state !== "overridden" ? 9 : NODE_HEIGHT / 2
  } /><g class="mark" transform=${`translate(${MARK_X} ${NODE_HEIGHT / 2})`}>${change ? changeMark(change) : markOf(shown)}</g><text class="name" x=${TEXT_LEFT} y=${
    face.type === "" ? 25 : 18.5
  }>${face.name}</text> <text class="type" x=${TEXT_LEFT} y="32">${face.type}</text>${
    prints === undefined
      ? nothing
      : svg`<path class="printed" transform=${`translate(${place.width - 10} 10)`} d=${SPEECH} />`
  }</g>`;
}

function emphasis(
  node: NodeView,
  isSelected: boolean,
  lineage: Lineage | null,
  problems: readonly ProblemView[],
): string[] {
  const classes: string[] = [];
  if (node.output) classes.push("output");
  if (problems.some((problem) => problem.severity === "warning")) classes.push("doubtful");
  if (isSelected) classes.push("selected");
  else if (lineage !== null) {
    classes.push(lineage.upstream.has(node.name) || lineage.downstream.has(node.name) ? "lit" : "calm");
  }
  return classes;
}

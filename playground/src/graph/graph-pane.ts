/** A graph pane at work: it has the graph laid out when its shape changes, and turns clicks and keys into calls. */

import type { ReactiveController, TemplateResult } from "lit";
import type { GraphView, NodeRun } from "../protocol.ts";
import { outputsFor, type Selection, select } from "../selection/selector.ts";
import type { Folds, Selector } from "../state/workspace.ts";
import { findAnchor } from "./anchor.ts";
import { nodeReachedBy } from "./arrow-keys.ts";
import type { GraphChanges } from "./change-marks.ts";
import type { NodeGroup } from "./display-graph.ts";
import { isLayoutOf } from "./drawable.ts";
import { type FoldedGraph, foldGraph, foldRuns, unfoldedGraph } from "./folding.ts";
import type { FoldState } from "./graph-list.ts";
import { type GraphPaneHandlers, graphPaneTemplate } from "./graph-pane-template.ts";
import { foldedGroupIds, groupsOf } from "./groups.ts";
import type { Layout, Pane } from "./layout.ts";
import { LayoutClient } from "./layout-client.ts";
import { ranksOf } from "./ranks.ts";
import { SelectorBox } from "./selector-box.ts";
import { scaleToFit } from "./view.ts";
import { Viewport } from "./viewport.ts";

export interface GraphPaneCallbacks {
  /** A node was chosen, or with null none. */
  onSelect(name: string | null): void;
  /** A node's function is asked for: by a double click or Enter. */
  onOpen?(name: string): void;
  /** The drawing is to be saved. */
  onSave?: () => void;
  /** Something else was typed into the selector box; without this call there is none. */
  onSelector?(selector: Selector): void;
  onFold?(groups: readonly string[], folded: boolean): void;
  /** These outputs are to be computed. */
  onRun?(outputs: string[]): void;
  /** Resolves once the page has nothing to do that matters more than a drawing that can be read, but could better be. */
  whenIdle?(): Promise<void>;
}

/** What renders the pane's template. A Lit element is one; it adds the pane as a controller. Any other calls its `host…` methods. */
export interface GraphPaneHost {
  readonly renderRoot: ParentNode;
  requestUpdate(): void;
}

export interface GraphPaneContent {
  graph: GraphView;
  runs: Record<string, NodeRun>;
  selected: string | null;
  /** What differs from another graph, where two are compared. */
  changes?: GraphChanges | null;
  selector?: Selector;
  /** What the visitor folded and unfolded; absent where nothing folds. */
  folds?: Folds;
  /** Why the graph has no nodes, where that is not for want of functions. */
  unknown: string | null;
}

/** More nodes than these make a drawing that nobody can read, and that holds up the page. */
const MOST_DRAWN = 1000;
/** Milliseconds after which the visitor hears that a layout is being made. */
const UNNOTICED = 400;
/** A layout made for another pane is kept while its text can be read. */
const READABLE = 0.7;
const ANOTHER_SHAPE = 1.3;
const UNMEASURED: Pane = { width: 640, height: 480 };
const FOCUSED_NODE = ".graph-pane [data-node]:focus";
const BEING_DRAWN = "The graph is being drawn.";
const NOTHING: GraphView = { nodes: [], edges: [], problems: [] };

export class GraphPane implements ReactiveController {
  readonly #host: GraphPaneHost;
  readonly #calls: GraphPaneCallbacks;
  readonly #client: LayoutClient;
  readonly #viewport = new Viewport((pane) => this.#reconsider(pane));
  readonly #handlers: GraphPaneHandlers;
  #content: GraphPaneContent = { graph: NOTHING, runs: {}, selected: null, unknown: null };
  /** What is to be drawn: the graph, folded, or a part of it. */
  #shown: FoldedGraph = unfoldedGraph(NOTHING);
  /** What is drawn. It stays behind the newest until that has its layout. */
  #drawn: FoldedGraph = unfoldedGraph(NOTHING);
  #folding: FoldState | null = null;
  #selection: Selection | null = null;
  readonly #box: SelectorBox;
  #layout: Layout | null = null;
  #askedFor: Pane | null = null;
  #wanted = false;
  /** True while a better layout waits for leisure. */
  #isWaiting = false;
  #focused: string | null = null;
  #toReveal: string | null = null;
  /** The node that has the keyboard's focus while the pane is rendered. */
  #nodeWithFocus: string | null = null;
  /** A node that gets the keyboard's focus as soon as it is drawn. */
  #toFocus: string | null = null;
  #listed = false;
  #trouble: string | null = null;
  /** What the visitor wanted and cannot have. */
  #refusal: string | null = null;
  /** How many nodes are being laid out, where that takes long. */
  #placing: number | null = null;

  constructor(host: GraphPaneHost, calls: GraphPaneCallbacks, client = new LayoutClient()) {
    this.#host = host;
    this.#calls = calls;
    this.#client = client;
    this.#box = new SelectorBox(host, {
      write: (selector) => this.#calls.onSelector?.(selector),
      run: () => this.#runSelected(),
      leave: (to) => this.#focusNode(to === "selected" ? this.#firstPicked() : this.#focused),
    });
    this.#handlers = {
      onSelect: (name) => this.#choose(name),
      onOpen: (name) => {
        if (this.#groupOf(name) === undefined) this.#calls.onOpen?.(name);
      },
      onFold: (groups, folded) => this.#fold(groups, folded),
      onKeydown: (event, name) => this.#key(event, name),
      onFocus: (name) => this.#focus(name),
      onListKeydown: (event) => {
        if (event.key === "/" && this.#command(event, "")) event.preventDefault();
      },
      onClear: () => this.#calls.onSelect(null),
      onFit: () => this.fit(),
      onToggleList: () => {
        this.asList = this.#trouble === null && !this.#listed;
      },
      onSave: calls.onSave,
    };
  }

  /** What takes its time, or was not done and why. */
  get notice(): string | null {
    if (this.#refusal !== null) return this.#refusal;
    return this.#placing === null ? null : `Laying out ${this.#placing.toLocaleString("en")} nodes…`;
  }

  /** Why nothing is drawn; null if there is nothing to draw. */
  get #absence(): string | null {
    return this.#content.unknown ?? (this.#shown.graph.nodes.length > 0 ? BEING_DRAWN : null);
  }

  get layout(): Layout | null {
    return this.#layout;
  }

  /** Whether the list is shown instead of the drawing. */
  get asList(): boolean {
    return this.#listed;
  }

  set asList(listed: boolean) {
    this.#listed = listed;
    this.#refusal = null;
    this.#match();
    this.#host.requestUpdate();
  }

  /** Takes a layout that came with the page, and shows the graph that it was made for without asking Graphviz. */
  adopt(layout: Layout): void {
    this.#layout = layout;
    this.#askedFor = null;
    this.#match();
    this.#host.requestUpdate();
  }

  /** Takes what is new. The drawing follows when it is laid out; marks and selection at once. */
  update(content: Partial<GraphPaneContent>): void {
    const before = this.#content;
    const next = { ...before, ...content };
    const { graph, runs, selected } = next;
    const reshaped = graph !== before.graph || next.selector !== before.selector || next.folds !== before.folds;
    const same = !reshaped && runs === before.runs && selected === before.selected;
    if (same && next.unknown === before.unknown && next.changes === before.changes) return;
    this.#content = next;
    if (selected !== before.selected) {
      this.#toReveal = selected;
      this.#focused = selected ?? this.#focused;
    }
    if (reshaped) {
      this.#refusal = null;
      this.#reshape();
      this.#match();
    }
    this.#host.requestUpdate();
  }

  template(): TemplateResult {
    this.#nodeWithFocus = this.#host.renderRoot.querySelector<SVGElement>(FOCUSED_NODE)?.dataset["node"] ?? null;
    const { runs, selected, selector } = this.#content;
    const asList = this.#listed || this.#trouble !== null;
    const drawn = asList ? unfoldedGraph(this.#listable()) : this.#drawn;
    const picked = this.#selection?.names ?? null;
    return graphPaneTemplate({
      layout: this.#layout,
      graph: drawn.graph,
      fullGraph: drawn.fullGraph,
      drawnAs: drawn.drawnAs,
      runs: foldRuns(drawn, runs),
      selected,
      matched: picked && new Set([...picked].map((name) => drawn.drawnAs.get(name) ?? name)),
      folding: this.#folding,
      selector:
        selector === undefined || this.#calls.onSelector === undefined
          ? null
          : this.#box.template({ graph: this.#content.graph, selector, selection: this.#selection }),
      changes: this.#content.changes ?? null,
      focused: this.#focused,
      tooltips: true,
      asList: this.#listed,
      emptyText: this.#absence,
      layoutError: this.#trouble,
      notice: this.notice,
      handlers: this.#handlers,
    });
  }

  fit(): void {
    this.#viewport.fit();
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const container = this.#host.renderRoot.querySelector<HTMLElement>(".graph-view");
    if (container === null) {
      this.#viewport.detach();
      return;
    }
    this.#viewport.attach(container, this.#layout ?? { width: 0, height: 0 });
    // In another order, a node has been moved in the document, and the browser takes the focus from what is moved.
    if (this.#nodeWithFocus !== null && document.activeElement === document.body) this.#focusNode(this.#nodeWithFocus);
    this.#nodeWithFocus = null;
    if (this.#toFocus !== null && this.#focusNode(this.#toFocus)) this.#toFocus = null;
    const sought = this.#toReveal === null ? null : this.#placeOf(this.#toReveal);
    const part = this.#layout?.nodes.find((node) => node.name === sought);
    if (part !== undefined) {
      this.#viewport.reveal(part);
      this.#toReveal = null;
    }
    if (this.#wanted) void this.#ask(this.#viewport.pane);
  }

  hostDisconnected(): void {
    this.#viewport.detach();
  }

  /** Keeps the layout where it has the right places for the newest graph; else has another made, once there is a pane. */
  #match(): void {
    const { graph } = this.#shown;
    const fits = this.#layout !== null && isLayoutOf(this.#layout, graph);
    if (fits || graph.nodes.length === 0) this.#drawn = this.#shown;
    this.#wanted = !fits && graph.nodes.length > 0;
    this.#trouble = null;
    this.#placing = null;
  }

  async #ask(measured: Pane): Promise<void> {
    const pane = measured.width > 0 && measured.height > 0 ? measured : UNMEASURED;
    const { graph } = this.#shown;
    this.#wanted = false;
    this.#askedFor = pane;
    const slow = setTimeout(() => graph === this.#shown.graph && this.#place(graph.nodes.length), UNNOTICED);
    try {
      const layout = await this.#client.layout(graph, pane);
      // The graph may have changed meanwhile, and back to one whose layout is here.
      if (layout === null || !isLayoutOf(layout, this.#shown.graph)) return;
      this.#hold(layout);
      this.#layout = layout;
      this.#drawn = this.#shown;
    } catch (error) {
      if (graph !== this.#shown.graph) return;
      this.#trouble = error instanceof Error ? error.message : String(error);
    } finally {
      clearTimeout(slow);
      if (graph === this.#shown.graph) this.#place(null);
    }
    this.#host.requestUpdate();
  }

  #place(count: number | null): void {
    if (count === this.#placing) return;
    this.#placing = count;
    this.#host.requestUpdate();
  }

  #hold(next: Layout): void {
    const { view } = this.#viewport;
    const anchor = view === null || this.#layout === null ? null : findAnchor(this.#layout, next, view);
    if (anchor !== null) this.#viewport.hold(anchor);
  }

  /** A pane of another shape gets another layout where this one has become too small to read. */
  #reconsider(pane: Pane): void {
    if (this.#isTooSmall(pane)) void this.#askAtLeisure();
  }

  #isTooSmall(pane: Pane): boolean {
    if (this.#layout === null || pane.width === 0 || pane.height === 0) return false;
    const asked = this.#askedFor;
    const turned = asked === null ? Infinity : (pane.width / pane.height) * (asked.height / asked.width);
    const another = turned > ANOTHER_SHAPE || turned < 1 / ANOTHER_SHAPE;
    return another && scaleToFit(this.#layout, pane) < READABLE;
  }

  async #askAtLeisure(): Promise<void> {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    await this.#calls.whenIdle?.();
    this.#isWaiting = false;
    const { pane } = this.#viewport; // it may have changed meanwhile, and so may the graph
    if (this.#isTooSmall(pane)) await this.#ask(pane);
  }

  #key(event: KeyboardEvent, name: string): void {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#choose(name);
      if (event.key === "Enter") this.#handlers.onOpen(name);
    } else if (this.#command(event, name)) {
      event.preventDefault();
    } else if (event.key === "Escape" && this.#content.selected !== null) {
      this.#calls.onSelect(null);
    } else if (!this.#viewport.key(event)) {
      this.#walk(event, name);
    }
  }

  /** `/` and `f`. */
  #command(event: KeyboardEvent, name: string): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "/" && this.#calls.onSelector !== undefined) this.#box.focus();
    else if (event.key === "f" && this.#folding !== null) this.#foldAround(name);
    else return false;
    return true;
  }

  /** A folded group opens where a node would be selected. */
  #choose(name: string): void {
    const group = this.#groupOf(name);
    if (group === undefined) {
      this.#calls.onSelect(name);
      return;
    }
    this.#toFocus = group.members[0] ?? null;
    this.#fold([group.id], false);
  }

  /** Folds or unfolds, unless more would be drawn than anybody could read. The list takes any number. */
  #fold(groups: readonly string[], folded: boolean): void {
    const count = folded || this.#listed ? 0 : this.#countWith(groups);
    if (count <= MOST_DRAWN) {
      this.#calls.onFold?.(groups, folded);
      return;
    }
    const [many, most] = [count, MOST_DRAWN].map((number) => number.toLocaleString("en"));
    this.#toFocus = null;
    this.#refusal = `That would be ${many} nodes, and no drawing of more than ${most} can be read. Open some of the modules, select a part (/), or read the list.`;
    this.#host.requestUpdate();
  }

  /** How many nodes would be drawn with these groups open. */
  #countWith(opened: readonly string[]): number {
    const { graph, fullGraph: whole } = this.#shown;
    const opening = new Set(opened);
    const groups = graph.nodes.flatMap((node) =>
      node.group !== undefined && opening.has(node.name) ? node.group : [],
    );
    const hidden = groups.reduce((sum, { members }) => sum + members.length, 0);
    return Math.min(whole.nodes.length, graph.nodes.length - groups.length + hidden);
  }

  #foldAround(name: string): void {
    const group = this.#folding?.groups.find((one) => one.members.includes(name));
    if (group === undefined) return;
    this.#toFocus = group.id;
    this.#fold([group.id], true);
  }

  #groupOf(name: string): NodeGroup | undefined {
    return this.#drawn.graph.nodes.find((node) => node.name === name)?.group;
  }

  #placeOf(name: string): string {
    return this.#drawn.drawnAs.get(name) ?? name;
  }

  #runSelected(): void {
    if (this.#selection !== null) this.#calls.onRun?.(outputsFor(this.#content.graph, this.#selection));
  }

  #firstPicked(): string | null {
    const { names } = this.#selection ?? {};
    const first = ranksOf(this.#content.graph)
      .flat()
      .find((node) => names?.has(node.name));
    return first === undefined ? this.#focused : this.#placeOf(first.name);
  }

  /** Whether the node, or the first where none is told, was there to be focused. */
  #focusNode(name: string | null): boolean {
    const nodes = [...this.#host.renderRoot.querySelectorAll<SVGElement | HTMLElement>(".graph-pane [data-node]")];
    const node = nodes.find((one) => one.dataset["node"] === name) ?? (name === null ? nodes[0] : undefined);
    node?.focus({ preventScroll: true });
    return node !== undefined;
  }

  /** Works out what is to be drawn of the graph as it is now. */
  #reshape(): void {
    const { graph, folds, selector } = this.#content;
    const groups = folds === undefined ? [] : groupsOf(graph);
    const folded = foldedGroupIds(graph, groups, folds ?? {});
    this.#folding = groups.length === 0 ? null : { groups, folded };
    const selection = selector === undefined || selector.text.trim() === "" ? null : select(graph, selector.text);
    this.#selection = selection === null || selection.names.size === 0 ? null : selection;
    this.#box.problem = selection?.problem ?? null;
    const only = selector?.only ? (this.#selection?.names ?? null) : null;
    const before = this.#shown;
    const next = foldGraph(
      graph,
      groups.filter((group) => folded.has(group.id)),
      only,
      groups.filter((group) => !folded.has(group.id)),
    );
    // What selects and leaves out nothing changes no drawing.
    this.#shown = next.graph === before.graph ? before : next;
  }

  /** The list folds by itself, and is told the same nodes. */
  #listable(): GraphView {
    const { graph, selector } = this.#content;
    return foldGraph(graph, [], selector?.only ? (this.#selection?.names ?? null) : null).graph;
  }

  #walk(event: KeyboardEvent, from: string): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#layout === null) return;
    const name = nodeReachedBy(this.#layout, from, event.key);
    if (name === null) return;
    event.preventDefault();
    this.#focusNode(name);
    const part = this.#layout.nodes.find((node) => node.name === name);
    if (part !== undefined) this.#viewport.reveal(part);
  }

  #focus(name: string): void {
    if (this.#focused === name) return;
    this.#focused = name;
    this.#host.requestUpdate();
  }
}

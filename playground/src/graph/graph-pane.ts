/** The controller for a graph pane: requests layouts, and turns clicks and keys into callbacks. */

import type { ReactiveController, TemplateResult } from "lit";
import { pageScrollNeeded } from "../page-header.ts";
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
import type { LaidOutNode, Layout, Pane } from "./layout.ts";
import { LayoutClient } from "./layout-client.ts";
import type { GraphPicks } from "./pick-marks.ts";
import { ranksOf } from "./ranks.ts";
import { SelectorBox } from "./selector-box.ts";
import { scaleToFit } from "./view.ts";
import { Viewport } from "./viewport.ts";

export interface GraphPaneCallbacks {
  /** A node was selected, or the selection was cleared. */
  onSelect(name: string | null): void;
  /** Open a node's function after a double click or F12. In the editor, F12 also opens the definition. */
  onOpen?(name: string): void;
  onSave?: () => void;
  /** The selector changed. Without this callback, the pane has no selector box. */
  onSelector?(selector: Selector): void;
  onFold?(groups: readonly string[], folded: boolean): void;
  /** Compute these outputs. */
  onRun?(outputs: string[]): void;
  /** Resolve once all work that is more important than an improved layout is done. */
  whenIdle?(): Promise<void>;
}

/**
 * The host that renders the pane's template. A Lit element adds the pane as a controller. Other hosts call the pane's `host…`
 * methods.
 */
export interface GraphPaneHost {
  readonly renderRoot: ParentNode;
  requestUpdate(): void;
}

export interface GraphPaneContent {
  graph: GraphView;
  runs: Record<string, NodeRun>;
  selected: string | null;
  /** Differences from another graph, in a comparison. */
  changes?: GraphChanges | null;
  /** The nodes that a learner picks; null if nodes cannot be picked. */
  picks?: GraphPicks | null;
  selector?: Selector;
  /** The groups that the visitor folded or unfolded; absent if nothing can be folded. */
  folds?: Folds;
  /** Shown instead of an empty graph; null for the default message. */
  emptyText: string | null;
}

/** Drawings with more nodes are unreadable and block the page. */
const MAX_DRAWN = 1000;
/** A layout that takes longer than this is reported in a notice. */
const NOTICE_DELAY_MS = 400;
/** When the pane is resized, the layout stays the same as long as its scale is at least this. */
const MIN_READABLE_SCALE = 0.7;
const ASPECT_CHANGE = 1.3;
const DEFAULT_PANE: Pane = { width: 640, height: 480 };
const FOCUSED_NODE = ".graph-pane [data-node]:focus";
const DRAWING_TEXT = "Drawing the graph…";
const EMPTY_GRAPH: GraphView = { nodes: [], edges: [], problems: [] };

export class GraphPane implements ReactiveController {
  readonly #host: GraphPaneHost;
  readonly #callbacks: GraphPaneCallbacks;
  readonly #client: LayoutClient;
  readonly #viewport = new Viewport((pane) => this.#handleResize(pane));
  readonly #handlers: GraphPaneHandlers;
  #content: GraphPaneContent = { graph: EMPTY_GRAPH, runs: {}, selected: null, emptyText: null };
  /** The graph to draw, after folding and selecting. */
  #requested: FoldedGraph = unfoldedGraph(EMPTY_GRAPH);
  /** The drawn graph. It lags behind the requested graph until the requested graph has a layout. */
  #drawn: FoldedGraph = unfoldedGraph(EMPTY_GRAPH);
  #folding: FoldState | null = null;
  #selection: Selection | null = null;
  readonly #box: SelectorBox;
  #layout: Layout | null = null;
  #layoutPane: Pane | null = null;
  #needsLayout = false;
  /** Whether an improved layout is waiting for the page to be idle. */
  #isWaitingForIdle = false;
  #focused: string | null = null;
  #toReveal: string | null = null;
  /** The node with keyboard focus before the current rendering. */
  #nodeWithFocus: string | null = null;
  /** The node to focus once it is drawn. */
  #toFocus: string | null = null;
  #asList = false;
  #slowestFirst = false;
  #layoutError: string | null = null;
  /** The reason why the visitor's latest request was refused. */
  #refusal: string | null = null;
  /** The number of nodes in the slow layout in progress; null if there is none. */
  #slowCount: number | null = null;

  constructor(host: GraphPaneHost, callbacks: GraphPaneCallbacks, client = new LayoutClient()) {
    this.#host = host;
    this.#callbacks = callbacks;
    this.#client = client;
    this.#box = new SelectorBox(host, {
      write: (selector) => this.#callbacks.onSelector?.(selector),
      run: () => this.#runSelected(),
      leave: (to) => this.#focusNode(to === "selected" ? this.#firstMatched() : this.#focused),
    });
    this.#handlers = {
      onSelect: (name) => this.#choose(name),
      onOpen: (name) => {
        if (this.#groupOf(name) === undefined) this.#callbacks.onOpen?.(name);
      },
      onFold: (groups, folded) => this.#fold(groups, folded),
      onKeydown: (event, name) => this.#handleKey(event, name),
      onFocus: (name) => this.#focus(name),
      onListKeydown: (event) => {
        if (event.key === "/" && this.#handleCommand(event, "")) event.preventDefault();
      },
      onClear: () => this.#callbacks.onSelect(null),
      onFit: () => this.fit(),
      onToggleList: () => {
        this.asList = this.#layoutError === null && !this.#asList;
      },
      onToggleSlowest: () => {
        this.#slowestFirst = !this.#slowestFirst;
        this.#host.requestUpdate();
      },
      onSave: callbacks.onSave,
    };
  }

  /** The refusal or the progress to show. */
  get notice(): string | null {
    if (this.#refusal !== null) return this.#refusal;
    return this.#slowCount === null ? null : `Laying out ${this.#slowCount.toLocaleString("en")} nodes…`;
  }

  /** The message shown instead of a drawing; null for the default message of an empty graph. */
  get #emptyText(): string | null {
    return this.#content.emptyText ?? (this.#requested.graph.nodes.length > 0 ? DRAWING_TEXT : null);
  }

  get layout(): Layout | null {
    return this.#layout;
  }

  /** Whether the graph is shown as a list. */
  get asList(): boolean {
    return this.#asList;
  }

  set asList(asList: boolean) {
    this.#asList = asList;
    this.#refusal = null;
    this.#reuseLayout();
    this.#host.requestUpdate();
  }

  /** Use a layout that was prerendered with the page. Until the graph changes, Graphviz is not needed. */
  adopt(layout: Layout): void {
    this.#layout = layout;
    this.#layoutPane = null;
    this.#reuseLayout();
    this.#host.requestUpdate();
  }

  /** Update the content. Marks and selection change immediately. The drawing changes when its layout is ready. */
  update(content: Partial<GraphPaneContent>): void {
    const before = this.#content;
    const next = { ...before, ...content };
    const { graph, runs, selected } = next;
    const reshaped = graph !== before.graph || next.selector !== before.selector || next.folds !== before.folds;
    const same = !reshaped && runs === before.runs && selected === before.selected;
    if (same && next.emptyText === before.emptyText && next.changes === before.changes && next.picks === before.picks)
      return;
    this.#content = next;
    if (selected !== before.selected) {
      this.#toReveal = selected;
      this.#focused = selected ?? this.#focused;
    }
    if (reshaped) {
      this.#refusal = null;
      this.#updateRequested();
      this.#reuseLayout();
    }
    this.#host.requestUpdate();
  }

  template(): TemplateResult {
    this.#nodeWithFocus = this.#host.renderRoot.querySelector<SVGElement>(FOCUSED_NODE)?.dataset["node"] ?? null;
    const { runs, selected, selector } = this.#content;
    const asList = this.#asList || this.#layoutError !== null;
    const drawn = asList ? unfoldedGraph(this.#listGraph()) : this.#drawn;
    const matched = this.#selection?.names ?? null;
    return graphPaneTemplate({
      layout: this.#layout,
      graph: drawn.graph,
      fullGraph: drawn.fullGraph,
      drawnAs: drawn.drawnAs,
      runs: foldRuns(drawn, runs),
      selected,
      matched: matched && new Set([...matched].map((name) => drawn.drawnAs.get(name) ?? name)),
      folding: this.#folding,
      selector:
        selector === undefined || this.#callbacks.onSelector === undefined
          ? null
          : this.#box.template({
              graph: this.#content.graph,
              selector,
              selection: this.#selection,
              onlyProblems: (this.#content.picks ?? null) !== null,
            }),
      changes: this.#content.changes ?? null,
      picks: this.#content.picks ?? null,
      focused: this.#focused,
      tooltips: true,
      asList: this.#asList,
      slowestFirst: this.#slowestFirst,
      emptyText: this.#emptyText,
      layoutError: this.#layoutError,
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
    const { width = 0, height = 0, nodes = [] } = this.#layout ?? {};
    this.#viewport.attach(container, { width, height, nodes: nodes.length, focus: this.#relevantPart() });
    // A node that is moved in the document loses focus.
    if (this.#nodeWithFocus !== null && document.activeElement === document.body) this.#focusNode(this.#nodeWithFocus);
    this.#nodeWithFocus = null;
    if (this.#toFocus !== null && this.#focusNode(this.#toFocus)) this.#toFocus = null;
    const drawnName = this.#toReveal === null ? null : this.#drawnName(this.#toReveal);
    const part = this.#layout?.nodes.find((node) => node.name === drawnName);
    if (part !== undefined) {
      this.#viewport.reveal(part);
      this.#toReveal = null;
    }
    if (this.#needsLayout) void this.#requestLayout(this.#viewport.pane);
  }

  /** Return the selected node or the first failed node in the drawing, if any. */
  #relevantPart(): LaidOutNode | null {
    const { selected, runs } = this.#content;
    const failed = Object.keys(runs).find((name) => runs[name]?.state === "failed");
    const drawnNames = [selected, failed].map((name) => (name == null ? null : this.#drawnName(name)));
    const parts = drawnNames.map((name) => this.#layout?.nodes.find((node) => node.name === name));
    return parts.find((part) => part !== undefined) ?? null;
  }

  hostDisconnected(): void {
    this.#viewport.detach();
  }

  /** Keep the layout if it fits the requested graph. Otherwise, request a new layout after rendering. */
  #reuseLayout(): void {
    const { graph } = this.#requested;
    const fits = this.#layout !== null && isLayoutOf(this.#layout, graph);
    if (fits || graph.nodes.length === 0) this.#drawn = this.#requested;
    this.#needsLayout = !fits && graph.nodes.length > 0;
    this.#layoutError = null;
    this.#slowCount = null;
  }

  async #requestLayout(measured: Pane): Promise<void> {
    const pane = measured.width > 0 && measured.height > 0 ? measured : DEFAULT_PANE;
    const { graph } = this.#requested;
    this.#needsLayout = false;
    this.#layoutPane = pane;
    const timer = setTimeout(
      () => graph === this.#requested.graph && this.#setSlowCount(graph.nodes.length),
      NOTICE_DELAY_MS,
    );
    try {
      const layout = await this.#client.layout(graph, pane);
      // The graph may have changed in the meantime.
      if (layout === null || !isLayoutOf(layout, this.#requested.graph)) return;
      this.#holdAnchor(layout);
      this.#layout = layout;
      this.#drawn = this.#requested;
    } catch (error) {
      if (graph !== this.#requested.graph) return;
      this.#layoutError = error instanceof Error ? error.message : String(error);
    } finally {
      clearTimeout(timer);
      if (graph === this.#requested.graph) this.#setSlowCount(null);
    }
    this.#host.requestUpdate();
  }

  #setSlowCount(count: number | null): void {
    if (count === this.#slowCount) return;
    this.#slowCount = count;
    this.#host.requestUpdate();
  }

  #holdAnchor(next: Layout): void {
    const { view } = this.#viewport;
    const anchor = view === null || this.#layout === null ? null : findAnchor(this.#layout, next, view);
    if (anchor !== null) this.#viewport.holdAnchor(anchor);
  }

  /** Request a new layout if the resized pane makes the current one too small to read. */
  #handleResize(pane: Pane): void {
    if (this.#isTooSmall(pane)) void this.#requestWhenIdle();
  }

  #isTooSmall(pane: Pane): boolean {
    if (this.#layout === null || pane.width === 0 || pane.height === 0) return false;
    const layoutPane = this.#layoutPane;
    const aspectRatio =
      layoutPane === null ? Infinity : (pane.width / pane.height) * (layoutPane.height / layoutPane.width);
    const isReshaped = aspectRatio > ASPECT_CHANGE || aspectRatio < 1 / ASPECT_CHANGE;
    return isReshaped && scaleToFit(this.#layout, pane) < MIN_READABLE_SCALE;
  }

  async #requestWhenIdle(): Promise<void> {
    if (this.#isWaitingForIdle) return;
    this.#isWaitingForIdle = true;
    await this.#callbacks.whenIdle?.();
    this.#isWaitingForIdle = false;
    const { pane } = this.#viewport; // the pane and the graph may have changed in the meantime
    if (this.#isTooSmall(pane)) await this.#requestLayout(pane);
  }

  #handleKey(event: KeyboardEvent, name: string): void {
    if (isPageShortcut(event)) event.stopPropagation();
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#choose(name);
    } else if (event.key === "F12") {
      event.preventDefault();
      this.#handlers.onOpen(name);
    } else if (this.#handleCommand(event, name)) {
      event.preventDefault();
    } else if (event.key === "Escape" && this.#content.selected !== null) {
      this.#callbacks.onSelect(null);
    } else if (!this.#viewport.handleKey(event)) {
      this.#walk(event, name);
    }
  }

  /** Handle `/` and `f`; return whether the key was one of them. */
  #handleCommand(event: KeyboardEvent, name: string): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "/" && this.#callbacks.onSelector !== undefined) this.#box.focus();
    else if (event.key === "f" && this.#folding !== null) this.#foldAround(name);
    else return false;
    return true;
  }

  /** Select a node, or unfold a group. */
  #choose(name: string): void {
    const group = this.#groupOf(name);
    if (group === undefined) {
      this.#callbacks.onSelect(name);
      return;
    }
    this.#toFocus = group.members[0] ?? null;
    this.#fold([group.id], false);
  }

  /** Fold or unfold groups. Unfolding is refused if there are too many nodes to draw. The list view has no limit. */
  #fold(groups: readonly string[], folded: boolean): void {
    const count = folded || this.#asList ? 0 : this.#countWith(groups);
    if (count <= MAX_DRAWN) {
      this.#callbacks.onFold?.(groups, folded);
      return;
    }
    const [many, limit] = [count, MAX_DRAWN].map((number) => number.toLocaleString("en"));
    this.#toFocus = null;
    this.#refusal = `That would draw ${many} nodes; the limit is ${limit}. Unfold fewer modules, select a part (/), or use the list.`;
    this.#host.requestUpdate();
  }

  /** Count the nodes that would be drawn with these groups unfolded. */
  #countWith(groupIds: readonly string[]): number {
    const { graph, fullGraph } = this.#requested;
    const unfolding = new Set(groupIds);
    const groups = graph.nodes.flatMap((node) =>
      node.group !== undefined && unfolding.has(node.name) ? node.group : [],
    );
    const hidden = groups.reduce((sum, { members }) => sum + members.length, 0);
    return Math.min(fullGraph.nodes.length, graph.nodes.length - groups.length + hidden);
  }

  #foldAround(name: string): void {
    const group = this.#folding?.groups.find(({ members }) => members.includes(name));
    if (group === undefined) return;
    this.#toFocus = group.id;
    this.#fold([group.id], true);
  }

  #groupOf(name: string): NodeGroup | undefined {
    return this.#drawn.graph.nodes.find((node) => node.name === name)?.group;
  }

  #drawnName(name: string): string {
    return this.#drawn.drawnAs.get(name) ?? name;
  }

  #runSelected(): void {
    if (this.#selection !== null) this.#callbacks.onRun?.(outputsFor(this.#content.graph, this.#selection));
  }

  #firstMatched(): string | null {
    const { names } = this.#selection ?? {};
    const first = ranksOf(this.#content.graph)
      .flat()
      .find((node) => names?.has(node.name));
    return first === undefined ? this.#focused : this.#drawnName(first.name);
  }

  /** Focus a node, or the first node for null; return whether the node exists. */
  #focusNode(name: string | null): boolean {
    const nodes = [...this.#host.renderRoot.querySelectorAll<SVGElement | HTMLElement>(".graph-pane [data-node]")];
    const node = nodes.find(({ dataset }) => dataset["node"] === name) ?? (name === null ? nodes[0] : undefined);
    node?.focus({ preventScroll: true });
    return node !== undefined;
  }

  /** Compute the part of the current graph to draw. */
  #updateRequested(): void {
    const { graph, folds, selector } = this.#content;
    const groups = folds === undefined ? [] : groupsOf(graph);
    const folded = foldedGroupIds(graph, groups, folds ?? {});
    this.#folding = groups.length === 0 ? null : { groups, folded };
    const selection = selector === undefined || selector.text.trim() === "" ? null : select(graph, selector.text);
    this.#selection = selection === null || selection.names.size === 0 ? null : selection;
    this.#box.problem = selection?.problem ?? null;
    const only = selector?.only ? (this.#selection?.names ?? null) : null;
    const before = this.#requested;
    const next = foldGraph(
      graph,
      groups.filter((group) => folded.has(group.id)),
      only,
      groups.filter((group) => !folded.has(group.id)),
    );
    // If the drawing is unchanged, keep the same object.
    this.#requested = next.graph === before.graph ? before : next;
  }

  /** Return the graph for the list, which folds groups separately from the drawing. */
  #listGraph(): GraphView {
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
    this.#scrollPage();
  }

  /** Scroll the page if its header or the edge of the window covers the node with the focus. */
  #scrollPage(): void {
    const pane = this.#host.renderRoot.querySelector(".graph-view")?.getBoundingClientRect();
    const node = this.#host.renderRoot.querySelector(".graph-pane [data-node]:focus")?.getBoundingClientRect();
    if (pane === undefined || node === undefined) return;
    const within = (y: number): number => Math.min(Math.max(y, pane.top), pane.bottom); // the drawing may still move
    window.scrollBy(0, pageScrollNeeded({ top: within(node.top), bottom: within(node.bottom) }, window.innerHeight));
  }

  #focus(name: string): void {
    if (this.#focused === name) return;
    this.#focused = name;
    this.#host.requestUpdate();
  }
}

/**
 * Return whether a key may be one of the page's shortcuts, such as `n` for the next page. Typing a name in the graph must not
 * trigger a shortcut.
 */
function isPageShortcut({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && !ctrlKey && !metaKey && !altKey;
}

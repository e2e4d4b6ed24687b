/** A graph pane at work: it has the graph laid out when its shape changes, and turns clicks and keys into calls. */

import type { ReactiveController, TemplateResult } from "lit";
import type { GraphView, NodeRun } from "../protocol.ts";
import { anchorOf } from "./anchor.ts";
import type { GraphChanges } from "./change-marks.ts";
import { shows } from "./drawn.ts";
import { type GraphPaneHandlers, graphPaneTemplate } from "./graph-pane-template.ts";
import type { Layout, Pane } from "./layout.ts";
import { LayoutClient } from "./layout-client.ts";
import { scaleToFit } from "./view.ts";
import { Viewport } from "./viewport.ts";
import { walked } from "./walk.ts";

export interface GraphPaneCalls {
  /** A node was chosen, or with null none. */
  onSelect(name: string | null): void;
  /** A node's function is asked for: by a double click or Enter. */
  onOpen?(name: string): void;
  /** The drawing is to be saved. */
  onSave?: () => void;
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
  /** Why the graph has no nodes, where that is not for want of functions. */
  unknown: string | null;
}

/** A layout made for another pane is kept while its text can be read. */
const READABLE = 0.7;
const ANOTHER_SHAPE = 1.3;
const UNMEASURED: Pane = { width: 640, height: 480 };
const NOTHING: GraphView = { nodes: [], edges: [], problems: [] };

export class GraphPane implements ReactiveController {
  readonly #host: GraphPaneHost;
  readonly #calls: GraphPaneCalls;
  readonly #client: LayoutClient;
  readonly #viewport = new Viewport((pane) => this.#reconsider(pane));
  readonly #handlers: GraphPaneHandlers;
  #content: GraphPaneContent = { graph: NOTHING, runs: {}, selected: null, unknown: null };
  /** The graph that is drawn. It stays behind the newest one until that has its layout. */
  #drawn: GraphView = NOTHING;
  #layout: Layout | null = null;
  #askedFor: Pane | null = null;
  #wanted = false;
  #focused: string | null = null;
  #toReveal: string | null = null;
  #listed = false;
  #trouble: string | null = null;

  constructor(host: GraphPaneHost, calls: GraphPaneCalls, client = new LayoutClient()) {
    this.#host = host;
    this.#calls = calls;
    this.#client = client;
    this.#handlers = {
      onSelect: (name) => this.#calls.onSelect(name),
      onOpen: (name) => this.#calls.onOpen?.(name),
      onKeydown: (event, name) => this.#key(event, name),
      onFocus: (name) => this.#focus(name),
      onClear: () => this.#calls.onSelect(null),
      onFit: () => this.fit(),
      onToggleList: () => {
        this.listed = this.#trouble === null && !this.#listed;
      },
      onSave: calls.onSave,
    };
  }

  get layout(): Layout | null {
    return this.#layout;
  }

  /** Whether the list is shown instead of the drawing. */
  get listed(): boolean {
    return this.#listed;
  }

  set listed(listed: boolean) {
    this.#listed = listed;
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
    const same = graph === before.graph && runs === before.runs && selected === before.selected;
    if (same && next.unknown === before.unknown && next.changes === before.changes) return;
    this.#content = next;
    if (selected !== before.selected) {
      this.#toReveal = selected;
      this.#focused = selected ?? this.#focused;
    }
    if (graph !== before.graph) this.#match();
    this.#host.requestUpdate();
  }

  template(): TemplateResult {
    return graphPaneTemplate({
      layout: this.#layout,
      graph: this.#listed || this.#trouble !== null ? this.#content.graph : this.#drawn,
      runs: this.#content.runs,
      selected: this.#content.selected,
      changes: this.#content.changes ?? null,
      focused: this.#focused,
      tooltips: true,
      listed: this.#listed,
      unknown: this.#content.unknown,
      trouble: this.#trouble,
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
    const part = this.#layout?.nodes.find((node) => node.name === this.#toReveal);
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
    const { graph } = this.#content;
    const fits = this.#layout !== null && shows(this.#layout, graph);
    if (fits || graph.nodes.length === 0) this.#drawn = graph;
    this.#wanted = !fits && graph.nodes.length > 0;
    this.#trouble = null;
  }

  async #ask(measured: Pane): Promise<void> {
    const pane = measured.width > 0 && measured.height > 0 ? measured : UNMEASURED;
    const { graph } = this.#content;
    this.#wanted = false;
    this.#askedFor = pane;
    try {
      const layout = await this.#client.layout(graph, pane);
      // The graph may have changed meanwhile, and back to one whose layout is here.
      if (layout === null || !shows(layout, this.#content.graph)) return;
      this.#hold(layout);
      this.#layout = layout;
      this.#drawn = this.#content.graph;
    } catch (error) {
      if (graph !== this.#content.graph) return;
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
    this.#host.requestUpdate();
  }

  #hold(next: Layout): void {
    const { view } = this.#viewport;
    const anchor = view === null || this.#layout === null ? null : anchorOf(this.#layout, next, view);
    if (anchor !== null) this.#viewport.hold(anchor);
  }

  /** A pane of another shape gets another layout where this one has become too small to read. */
  #reconsider(pane: Pane): void {
    if (this.#layout === null || pane.width === 0 || pane.height === 0) return;
    const asked = this.#askedFor;
    const turned = asked === null ? Infinity : (pane.width / pane.height) * (asked.height / asked.width);
    const another = turned > ANOTHER_SHAPE || turned < 1 / ANOTHER_SHAPE;
    if (another && scaleToFit(this.#layout, pane) < READABLE) void this.#ask(pane);
  }

  #key(event: KeyboardEvent, name: string): void {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#calls.onSelect(name);
      if (event.key === "Enter") this.#calls.onOpen?.(name);
    } else if (event.key === "Escape" && this.#content.selected !== null) {
      this.#calls.onSelect(null);
    } else if (!this.#viewport.key(event)) {
      this.#walk(event, name);
    }
  }

  #walk(event: KeyboardEvent, from: string): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#layout === null) return;
    const name = walked(this.#layout, from, event.key);
    if (name === null) return;
    event.preventDefault();
    const nodes = this.#host.renderRoot.querySelectorAll<SVGElement>(".graph-view [data-node]");
    [...nodes].find((node) => node.dataset["node"] === name)?.focus({ preventScroll: true });
    const part = this.#layout.nodes.find((node) => node.name === name);
    if (part !== undefined) this.#viewport.reveal(part);
  }

  #focus(name: string): void {
    if (this.#focused === name) return;
    this.#focused = name;
    this.#host.requestUpdate();
  }
}

/** The pane of a graph: the drawing or the list, and tools on top. Used by the element and by the site's build. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import { type FoldState, graphListTemplate } from "./graph-list.ts";
import { type GraphHandlers, type GraphProps, graphTemplate } from "./graph-template.ts";
import type { Layout } from "./layout.ts";

export interface GraphPaneHandlers extends GraphHandlers {
  /** The background was clicked. */
  onClear(): void;
  onFit(): void;
  onToggleList(): void;
  onToggleSlowest(): void;
  /** A key was pressed in the list. */
  onListKeydown(event: KeyboardEvent): void;
  /** Fold or unfold the groups with these ids. */
  onFold(groups: readonly string[], folded: boolean): void;
  /** Save the drawing. Undefined if the drawing cannot be saved. */
  onSave?: (() => void) | undefined;
}

export interface GraphPaneProps extends Omit<GraphProps, "layout" | "handlers"> {
  /** Null until the first layout arrives. */
  layout: Layout | null;
  asList?: boolean;
  slowestFirst?: boolean;
  /** The groups to fold. Null if nothing can be folded. */
  folding?: FoldState | null;
  /** The template of the selector box; absent in the prerendered pane. */
  selector?: unknown;
  /** Shown instead of an empty graph. The default is a message for dataflows without functions. */
  emptyText?: string | null;
  /** The reason why the graph could not be laid out. The list is then shown instead. */
  layoutError?: string | null;
  /** Progress, or the reason why a request was refused. It is shown together with the drawing. */
  notice?: string | null;
  handlers?: GraphPaneHandlers;
}

const NO_FUNCTIONS = "No functions yet. Each function you write becomes a node here.";

export function graphPaneTemplate(props: GraphPaneProps): TemplateResult {
  const { layoutError = null, asList: listed = false } = props;
  const asList = listed || layoutError !== null;
  return html`<div class="graph-pane">
    ${asList ? listTemplate(props, layoutError) : drawingTemplate(props)}
    ${props.graph.nodes.length === 0 ? nothing : toolsTemplate(props, asList)}
    <p class="graph-note" role="status">${props.notice ?? nothing}</p>
  </div>`;
}

function toolsTemplate(
  { layoutError: trouble = null, slowestFirst = false, changes, folding, selector, handlers }: GraphPaneProps,
  asList: boolean,
): TemplateResult {
  const fit = html`<button type="button" class="graph-fit" title="Show the whole graph (0)" @click=${() => handlers?.onFit()}>
    Fit
  </button>`;
  return html`<div class="graph-tools" role="group" aria-label="Graph">
    ${selector ?? nothing}
    <div class="toolbar" role="toolbar" aria-label="Graph view" data-roving="horizontal">
    ${folding && !(asList && slowestFirst) ? foldTemplate(folding, handlers) : nothing}
    ${asList ? nothing : fit} ${asList && !changes ? slowestTemplate(slowestFirst, handlers) : nothing}
    <button
      type="button"
      class="graph-as-list"
      aria-pressed=${trouble === null ? (asList ? "true" : "false") : nothing}
      @click=${() => handlers?.onToggleList()}
    >
      ${trouble === null ? "List" : "Try again"}
    </button>
    ${handlers !== undefined && handlers.onSave === undefined ? nothing : saveTemplate(handlers)}
    </div>
  </div>`;
}

function slowestTemplate(slowestFirst: boolean, handlers: GraphPaneHandlers | undefined): TemplateResult {
  return html`<button
    type="button"
    class="graph-slowest"
    title="Sort by duration in the latest run"
    aria-pressed=${slowestFirst ? "true" : "false"}
    @click=${() => handlers?.onToggleSlowest()}
  >
    Slowest first
  </button>`;
}

function saveTemplate(handlers: GraphPaneHandlers | undefined): TemplateResult {
  return html`<button type="button" class="graph-save" title="Save the graph as SVG, PNG, DOT or Mermaid" @click=${() => handlers?.onSave?.()}>
    Save
  </button>`;
}

function foldTemplate({ groups, folded }: FoldState, handlers: GraphPaneHandlers | undefined): TemplateResult {
  const isOpen = groups.some((group) => !folded.has(group.id));
  const ids = groups.map((group) => group.id);
  return html`<button
    type="button"
    class="graph-fold"
    title=${isOpen ? "Show each module as one node (press f on a node to fold its module)" : "Show the nodes of all modules"}
    @click=${() => handlers?.onFold(ids, isOpen)}
  >
    ${isOpen ? "Fold" : "Unfold"}
  </button>`;
}

function listTemplate(
  {
    graph,
    runs,
    selected,
    slowestFirst = false,
    changes = null,
    picks = null,
    folding = null,
    matched = null,
    handlers,
  }: GraphPaneProps,
  trouble: string | null,
): TemplateResult {
  return html`<div class="graph-scroll" @keydown=${(event: KeyboardEvent) => handlers?.onListKeydown(event)}>
    ${trouble === null ? nothing : html`<p class="graph-trouble" role="status">${trouble}</p>`}
    ${graphListTemplate({
      graph,
      runs,
      selected,
      slowestFirst: slowestFirst && changes === null,
      changes,
      picks,
      folding,
      matched,
      onSelect: (name) => handlers?.onSelect(name),
      onFold: (group, folded) => handlers?.onFold([group], folded),
    })}
  </div>`;
}

function drawingTemplate(picture: GraphPaneProps): TemplateResult {
  const clear = (event: Event): void => {
    if (!(event.target as Element).closest("[data-node]")) picture.handlers?.onClear();
  };
  return html`<div class="graph-view" @click=${clear}>${drawnTemplate(picture)}</div>`;
}

function drawnTemplate({ layout, ...picture }: GraphPaneProps): TemplateResult | typeof nothing {
  if (picture.graph.nodes.length === 0) {
    return html`<p class="graph-empty">${picture.emptyText ?? NO_FUNCTIONS}</p>`;
  }
  return layout === null ? nothing : graphTemplate({ ...picture, layout });
}

/** The pane around a graph: the drawing or the list, and the tools over it. Rendered alike by the live element and the build. */

import { html, nothing, type TemplateResult } from "lit";
import { type FoldState, graphListTemplate } from "./graph-list.ts";
import { type GraphHandlers, type GraphProps, graphTemplate } from "./graph-template.ts";
import type { Layout } from "./layout.ts";

export interface GraphPaneHandlers extends GraphHandlers {
  /** Something beside the nodes was clicked. */
  onClear(): void;
  onFit(): void;
  onToggleList(): void;
  /** A key was pressed in the list. */
  onListKeydown(event: KeyboardEvent): void;
  /** Groups by their ids. */
  onFold(groups: readonly string[], folded: boolean): void;
  /** The drawing is to be saved; missing where it is not offered. */
  onSave?: (() => void) | undefined;
}

export interface GraphPaneProps extends Omit<GraphProps, "layout" | "handlers"> {
  /** Null until there is one. */
  layout: Layout | null;
  asList?: boolean;
  /** Null where nothing folds. */
  folding?: FoldState | null;
  /** The box that selects nodes by a text; none where nothing answers. */
  selector?: unknown;
  /** Why the graph has no nodes, where that is not for want of functions. */
  emptyText?: string | null;
  /** Why there is no drawing; the list stands in for it. */
  layoutError?: string | null;
  /** What is under way, or why something was not done; the drawing stays. */
  notice?: string | null;
  handlers?: GraphPaneHandlers;
}

const NO_FUNCTIONS = "No functions yet. Each function you write becomes a node here.";

export function graphPaneTemplate(picture: GraphPaneProps): TemplateResult {
  const { layoutError: trouble = null, asList: listed = false } = picture;
  const asList = listed || trouble !== null;
  return html`<div class="graph-pane">
    ${asList ? listTemplate(picture, trouble) : drawingTemplate(picture)}
    ${picture.graph.nodes.length === 0 ? nothing : toolsTemplate(picture, asList)}
    <p class="graph-note" role="status">${picture.notice ?? nothing}</p>
  </div>`;
}

function toolsTemplate(
  { layoutError: trouble = null, folding, selector, handlers }: GraphPaneProps,
  asList: boolean,
): TemplateResult {
  const fit = html`<button type="button" class="graph-fit" title="Show the whole graph (0)" @click=${() => handlers?.onFit()}>
    Fit
  </button>`;
  return html`<div class="graph-tools" role="group" aria-label="Graph">
    ${selector ?? nothing} ${folding ? foldTemplate(folding, handlers) : nothing} ${asList ? nothing : fit}
    <button
      type="button"
      class="graph-as-list"
      aria-pressed=${trouble === null ? (asList ? "true" : "false") : nothing}
      @click=${() => handlers?.onToggleList()}
    >
      ${trouble === null ? "List" : "Try again"}
    </button>
    ${handlers !== undefined && handlers.onSave === undefined ? nothing : saveTemplate(handlers)}
  </div>`;
}

function saveTemplate(handlers: GraphPaneHandlers | undefined): TemplateResult {
  return html`<button type="button" class="graph-save" title="Save the drawing as SVG, PNG, DOT or Mermaid" @click=${() => handlers?.onSave?.()}>
    Save
  </button>`;
}

function foldTemplate({ groups, folded }: FoldState, handlers: GraphPaneHandlers | undefined): TemplateResult {
  const open = groups.some((group) => !folded.has(group.id));
  const ids = groups.map((group) => group.id);
  return html`<button
    type="button"
    class="graph-fold"
    title=${open ? "Draw each module as one node (f on a node folds its own)" : "Draw every node of every module"}
    @click=${() => handlers?.onFold(ids, open)}
  >
    ${open ? "Fold" : "Unfold"}
  </button>`;
}

function listTemplate(
  { graph, runs, selected, changes = null, folding = null, matched: picked = null, handlers }: GraphPaneProps,
  trouble: string | null,
): TemplateResult {
  return html`<div class="graph-scroll" @keydown=${(event: KeyboardEvent) => handlers?.onListKeydown(event)}>
    ${trouble === null ? nothing : html`<p class="graph-trouble" role="status">${trouble}</p>`}
    ${graphListTemplate({
      graph,
      runs,
      selected,
      changes,
      folding,
      matched: picked,
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

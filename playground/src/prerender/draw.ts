/** An element as HTML, made while the site is built: what a visitor sees before, or without, any script. */

import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { html, nothing } from "lit";
import { highlighted } from "../editor/highlight.ts";
import { panelContent } from "../element/panels.ts";
import { type Layout, layoutOf, type ShellHandlers, shellTemplate } from "../element/shell.ts";
import { frameOf, viewOf } from "../element/view-of.ts";
import { readOptions } from "../embed/options.ts";
import type { Example } from "../example.ts";
import { graphPaneTemplate } from "../graph/graph-pane-template.ts";
import { computeLayout, type Graphviz } from "../graph/graphviz-layout.ts";
import type { Pane } from "../graph/layout.ts";
import { withModuleFrames } from "../graph/module-frames.ts";
import { openedExample } from "../opening/opening.ts";
import { reduce } from "../state/reduce.ts";
import { emptyWorkspace } from "../state/workspace.ts";
import STYLES from "../styles.ts?minified";

/** The pane of the graph as it will most likely be: half of a window, or of a page's column. */
const PANES: Record<Layout, Pane> = {
  full: { width: 770, height: 430 },
  frame: { width: 480, height: 300 },
  embed: { width: 480, height: 300 },
};

export async function drawn(example: Example, attributes: Record<string, string>, graphviz: Graphviz): Promise<string> {
  const layout = layoutOf(attributes["layout"]);
  const { options, faults } = readOptions((name) => attributes[name] ?? null);
  if (faults.length > 0) throw new Error(faults.join(" "));
  const workspace = reduce(emptyWorkspace(true), { ...openedExample(example), selected: options.select });
  const graph = withModuleFrames(workspace.graph);
  const places = computeLayout(graphviz, graph, PANES[layout]);
  const view = viewOf(workspace, { phase: "asleep" }, frameOf(layout, options), {
    editor: highlighted(workspace.files[workspace.active] ?? ""),
    graph: graphPaneTemplate({
      layout: places,
      graph,
      runs: workspace.runs,
      selected: workspace.selected,
    }),
    panelContent: panelContent(workspace, {
      onSelect: unheard,
      onJump: unheard,
      onField: unheard,
      onPosition: unheard,
      onValue: unheard,
      onOutputs: unheard,
      onExport: unheard,
    }),
    consent: nothing,
    dialog: nothing,
  });
  const shell = await collectResult(
    render(html`<div class="stage" data-layout=${JSON.stringify(places)}>${shellTemplate(view, UNHEARD)}</div>`),
  );
  return `<hw-play${written(attributes, options.height)}><template shadowrootmode="open"><style>${STYLES}</style>${shell}</template></hw-play>`;
}

/** The element's own attributes, and its height, which the style sheet reads. */
function written(attributes: Record<string, string>, height: number | null): string {
  const all = height === null ? attributes : { ...attributes, style: `--height: ${height}px` };
  return Object.entries(all)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** Nothing is clicked while the site is built. */
function unheard(): void {}

const UNHEARD: ShellHandlers = {
  onFile: unheard,
  onView: unheard,
  onRun: unheard,
  onStop: unheard,
  onReset: unheard,
  onDrafts: unheard,
  onUndo: unheard,
  onShare: unheard,
  onTakeHome: unheard,
  onAutoRun: unheard,
  onPanel: unheard,
  onJump: unheard,
  onRetry: unheard,
  onDismiss: unheard,
};

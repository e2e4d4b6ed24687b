/** Renders an element as HTML when the site is built. Visitors see this HTML before scripts run, or without scripts. */

import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { html, nothing } from "lit/html.js";
import { codeTemplate } from "../editor/highlight.ts";
import { panelContent } from "../element/panels.ts";
import { layoutOf, type ShellHandlers, type ShellLayout, shellTemplate } from "../element/shell.ts";
import { shellOptions, shellView } from "../element/shell-view.ts";
import { parseOptions } from "../embed/options.ts";
import type { Example } from "../example.ts";
import { graphPaneTemplate } from "../graph/graph-pane-template.ts";
import { computeLayout, type Graphviz } from "../graph/graphviz-layout.ts";
import type { Pane } from "../graph/layout.ts";
import { withModuleFrames } from "../graph/module-frames.ts";
import { exampleEvent } from "../loading/load-project.ts";
import { reduce } from "../state/reduce.ts";
import { emptyWorkspace } from "../state/workspace.ts";
import STYLES from "../styles.ts?minified";

/** The likely size of the graph pane, which is next to the code in a window or in a page's column. */
const PANES: Record<ShellLayout, Pane> = {
  full: { width: 570, height: 430 },
  frame: { width: 375, height: 300 },
  embed: { width: 375, height: 300 },
};

export async function prerender(
  example: Example,
  attributes: Record<string, string>,
  graphviz: Graphviz,
): Promise<string> {
  const layout = layoutOf(attributes["layout"]);
  const { options, problems } = parseOptions((name) => attributes[name] ?? null);
  if (problems.length > 0) throw new Error(problems.join(" "));
  const workspace = reduce(emptyWorkspace(true), { ...exampleEvent(example), selected: options.select });
  const graph = withModuleFrames(workspace.graph);
  const graphLayout = computeLayout(graphviz, graph, PANES[layout]);
  const view = shellView(workspace, { phase: "asleep" }, shellOptions(layout, options), {
    editor: codeTemplate(workspace.files[workspace.active] ?? ""),
    graph: graphPaneTemplate({
      layout: graphLayout,
      graph,
      runs: workspace.runs,
      selected: workspace.selected,
    }),
    panelContent: panelContent(workspace, {
      onSelect: ignore,
      onJump: ignore,
      onField: ignore,
      onPosition: ignore,
      onValue: ignore,
      onOutputs: ignore,
      onExport: ignore,
    }),
    consent: nothing,
    dialog: nothing,
  });
  const shell = await collectResult(
    render(
      html`<div class="stage" data-layout=${JSON.stringify(graphLayout)}>${shellTemplate(view, NO_HANDLERS)}</div>`,
    ),
  );
  return `<hw-play${attributesText(attributes, options.height)}><template shadowrootmode="open"><style>${STYLES}</style>${shell}</template></hw-play>`;
}

/** Return the element's attributes, and its height as a style. */
function attributesText(attributes: Record<string, string>, height: number | null): string {
  const all = height === null ? attributes : { ...attributes, style: `--height: ${height}px` };
  return Object.entries(all)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** An event handler that does nothing, because no events occur while the site is built. */
function ignore(): void {}

const NO_HANDLERS: ShellHandlers = {
  onFile: ignore,
  onView: ignore,
  onRun: ignore,
  onStop: ignore,
  onReset: ignore,
  onExamples: ignore,
  onDrafts: ignore,
  onUndo: ignore,
  onShare: ignore,
  onExport: ignore,
  onAutoRun: ignore,
  onPanel: ignore,
  onJump: ignore,
  onRetry: ignore,
  onDismiss: ignore,
};

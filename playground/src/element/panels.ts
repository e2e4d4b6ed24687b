/** The values pane: its tabs and their content. */

import { html, type TemplateResult } from "lit/html.js";
import { getOwn } from "../get-own.ts";
import type { ProblemView } from "../protocol.ts";
import type { TablePosition } from "../runtime/runtime.ts";
import { enteredValues } from "../state/entered-values.ts";
import { isEdited, type Workspace } from "../state/workspace.ts";
import { type InputHandlers, inputsTemplate, setValueCount } from "../values/inputs.ts";
import { inspectorTemplate } from "../values/inspector.ts";
import { outputsTemplate } from "../values/outputs.ts";
import { printsTemplate } from "../values/prints.ts";
import { type ProblemHandlers, problemsTemplate } from "../values/problems.ts";
import type { PanelTab } from "./shell.ts";

export interface PanelHandlers extends InputHandlers, ProblemHandlers {
  onSelect(node: string): void;
  onPosition(position: TablePosition): void;
  onExport(kind: "test" | "script", node: string): void;
}

export function panelTabs(workspace: Workspace): PanelTab[] {
  const printed = Object.values(workspace.runs).filter((run) => run.prints !== undefined).length;
  const prints = printed + (workspace.run?.prints === undefined ? 0 : 1);
  const enteredCount = setValueCount(enteredValues(workspace));
  const tabs: PanelTab[] = [
    { panel: "outputs", label: "Outputs", count: Object.keys(workspace.run?.outputs ?? {}).length },
    { panel: "inputs", label: "Inputs", ...(enteredCount > 0 ? { count: enteredCount } : {}) },
    { panel: "prints", label: "Prints", ...(prints > 0 ? { count: prints } : {}) },
    problemsTab(workspace.problems),
  ];
  return workspace.selected === null ? tabs : [{ panel: "value", label: workspace.selected }, ...tabs];
}

/** If there are errors, warnings are not counted, because they do not prevent a run. */
function problemsTab(problems: readonly ProblemView[]): PanelTab {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors > 0) return { panel: "problems", label: "Problems", count: errors, severity: "error" };
  const warnings = problems.length;
  if (warnings === 0) return { panel: "problems", label: "Problems" };
  return { panel: "problems", label: "Problems", count: warnings, severity: "warning" };
}

/** Return the first error, or otherwise the first warning. */
export function mainProblem(problems: readonly ProblemView[]): ProblemView | null {
  return problems.find(({ severity }) => severity === "error") ?? problems[0] ?? null;
}

export function panelContent(workspace: Workspace, on: PanelHandlers): TemplateResult {
  switch (workspace.panel) {
    case "value":
      return valueContent(workspace, on);
    case "outputs":
      return outputsTemplate(workspace.run, workspace.stale, on);
    case "inputs":
      return inputsTemplate(workspace, on);
    case "prints":
      return printsTemplate(workspace.runs, workspace.run, on);
    case "problems":
      return problemsTemplate(workspace.problems, on, noProblemsText(workspace));
  }
}

function noProblemsText(workspace: Workspace): string {
  if (workspace.running !== null) return "No problems so far. The dataflow is running.";
  return isEdited(workspace) ? "No problems found in the code. Run it to check for runtime errors." : "No problems.";
}

function valueContent(workspace: Workspace, on: PanelHandlers): TemplateResult {
  const node = workspace.graph.nodes.find((node) => node.name === workspace.selected);
  if (node === undefined) return html`<p class="empty">Select a node in the graph to see its value.</p>`;
  const inspected = workspace.inspected?.node === node.name ? workspace.inspected : null;
  return inspectorTemplate({
    node,
    graph: workspace.graph,
    run: getOwn(workspace.runs, node.name),
    latestRuns: workspace.run?.nodes ?? {},
    measured: getOwn(workspace.measured, node.name),
    preview: inspected?.preview ?? null,
    isLoading: inspected?.isLoading ?? false,
    isStale: workspace.stale.has(node.name) || inspected?.isReplaced === true,
    problems: workspace.problems,
    files: workspace.files,
    outputs: workspace.outputs,
    override: getOwn(workspace.fieldTexts.overrides, node.name) ?? null,
    ...on,
  });
}

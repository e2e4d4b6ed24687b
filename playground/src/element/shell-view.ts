/** The view model of the shell, the same for the live and the prerendered element. */

import type { EmbedOptions } from "../embed/options.ts";
import type { RuntimeStatus } from "../runtime/runtime.ts";
import { isEdited, type Workspace } from "../state/workspace.ts";
import { mainProblem, panelTabs } from "./panels.ts";
import type { ShellLayout, ShellView } from "./shell.ts";
import { canRetry, progressOf, statusOf, summaryOf } from "./summary.ts";

/** Return whether the visitor is waiting for Python even though no run is active. */
function isBusy({ pythonOverdue }: Workspace, status: RuntimeStatus): boolean {
  return pythonOverdue && status.phase === "ready";
}

/** The content of the panes, provided by the renderer. */
export type ShellContents = Pick<
  ShellView,
  "editor" | "fileTools" | "graph" | "splitters" | "panelContent" | "consent" | "dialog"
>;

/** The shell options that a page sets. They never change. */
export type ShellOptions = Pick<ShellView, "layout" | "only" | "isReadOnly" | "keepsDrafts">;

export function shellOptions(
  layout: ShellLayout,
  { view, mode }: Pick<EmbedOptions, "view" | "mode">,
  keepsDrafts = layout === "full",
): ShellOptions {
  return { layout, only: view === "split" ? null : view, isReadOnly: mode === "read", keepsDrafts };
}

export function shellView(
  workspace: Workspace,
  status: RuntimeStatus,
  options: ShellOptions,
  contents: ShellContents,
): ShellView {
  return {
    title: workspace.title,
    ...options,
    only: workspace.trusted ? options.only : null, // show all parts, so that the visitor can read the code first
    files: Object.keys(workspace.files),
    active: workspace.active,
    view: workspace.view,
    summary: summaryOf(workspace),
    running: workspace.running !== null || isBusy(workspace, status),
    canRestart: status.phase === "ready" && workspace.running === null,
    edited: isEdited(workspace),
    trusted: workspace.trusted,
    autoRun: workspace.autoRun,
    status: statusOf(status),
    progress: progressOf(status),
    canRetry: canRetry(status),
    problem: mainProblem(workspace.problems),
    notice: workspace.notice?.message ?? null,
    calm: workspace.notice?.calm === true,
    canUndo: workspace.notice?.undo === true,
    panel: workspace.panel,
    panelTabs: panelTabs(workspace),
    ...contents,
  };
}

/** A workspace as the frame shows it: the same for the live element and for the one drawn when the site is built. */

import type { EmbedOptions } from "../embed/options.ts";
import type { RuntimeStatus } from "../runtime/runtime.ts";
import { isEdited, type Workspace } from "../state/workspace.ts";
import { foremostProblem, panelTabs } from "./panels.ts";
import type { Layout, ShellView } from "./shell.ts";
import { progressOf, statusOf, summaryOf } from "./summary.ts";

/** True where Python, though nothing runs, keeps the visitor waiting. */
function isBusy({ waiting }: Workspace, status: RuntimeStatus): boolean {
  return waiting && status.phase === "ready";
}

/** What only the one who renders can give: the contents of the panes. */
export type Contents = Pick<
  ShellView,
  "editor" | "fileTools" | "graph" | "splitters" | "panelContent" | "consent" | "dialog"
>;

/** What the page says of the element, and does not change. */
export type Frame = Pick<ShellView, "layout" | "only" | "reading" | "keepsDrafts">;

export function frameOf(
  layout: Layout,
  { view, mode }: Pick<EmbedOptions, "view" | "mode">,
  keepsDrafts = layout === "full",
): Frame {
  return { layout, only: view === "split" ? null : view, reading: mode === "read", keepsDrafts };
}

export function viewOf(workspace: Workspace, status: RuntimeStatus, frame: Frame, contents: Contents): ShellView {
  return {
    title: workspace.title,
    ...frame,
    only: workspace.trusted ? frame.only : null, // all parts, so that the code can be read first
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
    canRetry: status.phase === "failed",
    problem: foremostProblem(workspace.problems),
    notice: workspace.notice?.message ?? null,
    calm: workspace.notice?.calm === true,
    canUndo: workspace.notice?.undo === true,
    panel: workspace.panel,
    panelTabs: panelTabs(workspace),
    ...contents,
  };
}

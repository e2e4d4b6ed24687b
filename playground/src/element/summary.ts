/** The text of the header and the footer. */

import type { RunView } from "../protocol.ts";
import type { PackStatus, RuntimeStatus } from "../runtime/runtime.ts";
import { estimatedSeconds, isSlow } from "../state/derived-state.ts";
import { waitingCount } from "../state/missing-inputs.ts";
import { durationText } from "../state/quantities.ts";
import type { Workspace } from "../state/workspace.ts";
import { isEdited, isRunOf } from "../state/workspace.ts";

/** Appended to the summary of a run if the code has changed since the run. More text may follow. */
export const EDITED = " · edited since";

/** Summarize the latest run: "3 of 12 nodes ran · 1 failed · 41 ms". */
export function summaryOf(workspace: Workspace): string {
  if (!workspace.trusted || (workspace.packages !== "ready" && workspace.run === null)) return "Not run yet";
  if (workspace.running !== null) return runningSummary(workspace);
  if (workspace.pythonOverdue) return "Waiting for Python…";
  if (workspace.run === null) return "";
  const summary = runSummary(workspace.run);
  if (!isEdited(workspace)) return summary;
  if (!workspace.autoRun || !workspace.runnable || !isSlow(workspace)) return summary + EDITED;
  return `${summary}${EDITED}: a run takes about ${durationText(estimatedSeconds(workspace))}`;
}

/** Describe the state of Python. */
export function statusOf(status: RuntimeStatus): string {
  switch (status.phase) {
    case "asleep":
      return "Python starts when you edit or run";
    case "booting":
      return `${status.restarting ? "Restarting Python" : "Starting Python"}: ${stageOf(status)}`;
    case "ready":
      if (status.packs !== null) return packsText(status.packs);
      return status.complete ? "Python and pandas ready" : "Python ready, still loading libraries";
    case "failed":
      return `Python could not start. ${status.message}`;
  }
}

/** Return the progress of starting Python or of loading libraries, from 0 to 1; null if nothing is being loaded. */
export function progressOf(status: RuntimeStatus): number | null {
  if (status.phase === "booting") return status.of === 0 ? 0 : Math.min(status.done / status.of, 1);
  if (status.phase !== "ready" || status.packs === null || "failure" in status.packs) return null;
  return Math.min(status.packs.done / status.packs.of, 1);
}

/** Return whether loading has failed, so that the visitor can try again. */
export function canRetry(status: RuntimeStatus): boolean {
  return status.phase === "failed" || (status.phase === "ready" && status.packs !== null && "failure" in status.packs);
}

/** Describe the libraries that are being loaded: "Loading scikit-learn · 8.2 of 14.3 MB". */
function packsText(packs: NonNullable<PackStatus>): string {
  if ("failure" in packs) return packs.failure;
  return `Loading ${packs.names.join(", ")} · ${megabytes(packs.done)} of ${megabytes(packs.of)} MB`;
}

/** Describe a stage of Python's start: "4.2 of 13.1 MB, 9 s left". */
function stageOf({ stage, done, of, secondsLeft }: RuntimeStatus & { phase: "booting" }): string {
  if (stage !== "fetch") return "loading the interpreter";
  if (of === 0) return "downloading files";
  const left = secondsLeft === null ? "" : `, ${Math.ceil(secondsLeft)} s left`;
  return `${megabytes(done)} of ${megabytes(of)} MB${left}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function runSummary(run: RunView): string {
  if (run.total === 0 && !run.ok) return "Could not run";
  const failed = Object.values(run.nodes).filter((node) => node.state === "failed").length;
  const parts = [`${run.ran - failed} of ${run.total} ${run.total === 1 ? "node" : "nodes"} ran`];
  if (failed > 0) parts.push(`${failed} failed`);
  const waiting = waitingCount(run);
  if (waiting > 0) parts.push(`${waiting} ${waiting === 1 ? "needs" : "need"} an input`);
  parts.push(durationText(run.seconds));
  return parts.join(" · ");
}

function runningSummary(workspace: Workspace): string {
  const { running } = workspace;
  const node = Object.entries(running?.states ?? {}).find(([, run]) => run.state === "running");
  const summary = node === undefined ? "Running…" : `Running ${node[0]}…`;
  return running === null || isRunOf(running.request, workspace) ? summary : summary + EDITED;
}

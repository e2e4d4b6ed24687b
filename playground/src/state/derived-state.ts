/** What a page shows of each node: what became of it, or that its value is not that of the code as it stands. */

import { getOwn } from "../get-own.ts";
import type { NodeRun, RunView } from "../protocol.ts";
import { neededNodes, staleNodes } from "./staleness.ts";
import { isRunOf, type Workspace } from "./workspace.ts";

/** A run that takes longer than this does not begin by itself. */
const QUICK_RUN_S = 2;

/** The workspace with the marks that belong to the rest of it. */
export function withDerivedState(workspace: Workspace): Workspace {
  const stale = staleIn(workspace);
  return { ...workspace, stale, runs: runsIn(workspace, stale) };
}

/** True if the run that is due would take too long to begin by itself. */
export function isSlow(workspace: Workspace): boolean {
  return estimatedSeconds(workspace) > QUICK_RUN_S;
}

/** How long a run would take, as far as the functions have run before. What is not known to change a value counts. */
export function estimatedSeconds({ graph, outputs, valuesKept, stale, run, seconds }: Workspace): number {
  let sum = 0;
  for (const name of neededNodes(graph, outputs)) {
    const latest = getOwn(run?.nodes, name);
    const isReusable = valuesKept && !stale.has(name) && (latest?.state === "succeeded" || latest?.state === "reused");
    if (!isReusable || latest?.again !== undefined) sum += getOwn(seconds, name) ?? 0;
  }
  return sum;
}

/** True while Python cannot say what the text on the page is, or has not for longer than a moment. */
function isOutlineUnknown({ outlined, readable, pythonOverdue }: Workspace): boolean {
  return !readable || (pythonOverdue && !outlined);
}

/** All nodes where it is not known which of them have changed. */
function staleIn(workspace: Workspace): ReadonlySet<string> {
  const { graph, given, files, run, completedSpec } = workspace;
  if (run === null || completedSpec === null) return new Set();
  const names = new Set(graph.nodes.map(({ name }) => name));
  const seen = [...Object.keys(run.nodes), ...Object.keys(run.outputs)];
  if (isOutlineUnknown(workspace)) return new Set([...seen, ...names]);
  const stale = staleNodes(
    { graph, given, files },
    { graph: run.graph, given: completedSpec.given, files: completedSpec.files },
  );
  const gone = seen.filter((name) => !names.has(name));
  // Python may still have a value of a node that the latest run did not reach. That value is from an earlier run.
  const reached = nodesReached(run);
  const unreached = [...names].filter((name) => !reached.has(name));
  return new Set([...stale, ...gone, ...unreached]);
}

/** The functions that a run reports, and the inputs and config values that it used: for them or as outputs. */
function nodesReached({ nodes, outputs, graph }: RunView): ReadonlySet<string> {
  const functions = new Set(graph.nodes.filter(({ kind }) => kind === "function").map(({ name }) => name));
  const isUsed = (reader: string): boolean => (getOwn(nodes, reader)?.state ?? "overridden") !== "overridden";
  const used = graph.edges.filter(({ target }) => isUsed(target)).map(({ source }) => source);
  const given = [...used, ...Object.keys(outputs)].filter((name) => !functions.has(name));
  return new Set([...Object.keys(nodes), ...given]);
}

function runsIn(workspace: Workspace, stale: ReadonlySet<string>): Record<string, NodeRun> {
  const { graph, given, run, running } = workspace;
  const outdated = outdatedIn(workspace);
  const runs: Record<string, NodeRun> = {};
  for (const { name } of graph.nodes) {
    const live = getOwn(running?.states, name);
    const known = live ?? getOwn(run?.nodes, name);
    const isStale = live === undefined ? stale.has(name) : outdated.has(name);
    const isOverridden = getOwn(given.overrides, name) !== undefined;
    const shown = isOverridden ? asOverridden(known) : known && isStale ? asStale(known) : known;
    if (shown !== undefined) Object.defineProperty(runs, name, { value: shown, enumerable: true });
  }
  return runs;
}

/** The nodes that have changed since the run began that is under way. */
function outdatedIn(workspace: Workspace): ReadonlySet<string> {
  const { graph, given, files, running } = workspace;
  if (running === null || isRunOf(running.request, workspace)) return new Set();
  if (isOutlineUnknown(workspace)) return new Set(Object.keys(running.states));
  const { request } = running;
  return staleNodes({ graph, given, files }, { graph: running.graph, given: request.given, files: request.files });
}

/** The time that it took, and the inputs that it lacked, are those of other code. */
function asStale({ seconds: _time, needs: _inputs, ...known }: NodeRun): NodeRun {
  return { ...known, state: "stale" };
}

/** Its function does not run, whatever became of it before. */
function asOverridden(known: NodeRun | undefined): NodeRun {
  return known?.state === "failed" ? known : { state: "overridden" };
}

/** The parts of a workspace that are derived from the rest: stale nodes and the state shown for each node. */

import { getOwn } from "../get-own.ts";
import type { NodeRun, RunView } from "../protocol.ts";
import { neededNodes, staleNodes } from "./staleness.ts";
import { isPrerendered, isRunOf, type Workspace } from "./workspace.ts";

/** A run that takes longer than this does not start automatically. */
const QUICK_RUN_S = 2;

/** Return the workspace with its derived state updated. */
export function withDerivedState(workspace: Workspace): Workspace {
  const stale = staleIn(workspace);
  return { ...workspace, stale, runs: runsIn(workspace, stale) };
}

/** Return whether a run would take too long to start automatically. */
export function isSlow(workspace: Workspace): boolean {
  return estimatedSeconds(workspace) > QUICK_RUN_S;
}

/** Estimate the duration of a run in seconds, from the latest durations of the functions that it may have to call. */
export function estimatedSeconds({ graph, outputs, valuesAvailable, stale, run, measured }: Workspace): number {
  let sum = 0;
  for (const name of neededNodes(graph, outputs)) {
    const latest = getOwn(run?.nodes, name);
    const isReusable =
      valuesAvailable && !stale.has(name) && (latest?.state === "succeeded" || latest?.state === "reused");
    if (!isReusable || latest?.again !== undefined) sum += getOwn(measured, name)?.seconds ?? 0;
  }
  return sum;
}

/** Return whether the outline of the current code is unknown, because it failed or is overdue. */
function isOutlineUnknown({ outlined, readable, pythonOverdue }: Workspace): boolean {
  return !readable || (pythonOverdue && !outlined);
}

/** Return the stale nodes. If the outline is unknown, all nodes are stale. */
function staleIn(workspace: Workspace): ReadonlySet<string> {
  const { graph, fieldTexts, files, run, completedSpec } = workspace;
  if (run === null || completedSpec === null) return new Set();
  const names = new Set(graph.nodes.map(({ name }) => name));
  const seen = [...Object.keys(run.nodes), ...Object.keys(run.outputs)];
  if (isOutlineUnknown(workspace)) return new Set([...seen, ...names]);
  const stale = staleNodes(
    { graph, fieldTexts, files },
    { graph: run.graph, fieldTexts: completedSpec.fieldTexts, files: completedSpec.files },
  );
  const gone = seen.filter((name) => !names.has(name));
  // If the latest run did not reach a node, Python may still have a value of the node from an earlier run.
  const reached = nodesReached(run);
  const unreached = [...names].filter((name) => !reached.has(name));
  return new Set([...stale, ...gone, ...unreached]);
}

/** Return the functions that a run reports, and the inputs and config values that its functions or outputs used. */
function nodesReached({ nodes, outputs, graph }: RunView): ReadonlySet<string> {
  const functions = new Set(graph.nodes.filter(({ kind }) => kind === "function").map(({ name }) => name));
  const isUsed = (reader: string): boolean => (getOwn(nodes, reader)?.state ?? "overridden") !== "overridden";
  const used = graph.edges.filter(({ target }) => isUsed(target)).map(({ source }) => source);
  const inputs = [...used, ...Object.keys(outputs)].filter((name) => !functions.has(name));
  return new Set([...Object.keys(nodes), ...inputs]);
}

function runsIn(workspace: Workspace, stale: ReadonlySet<string>): Record<string, NodeRun> {
  const { graph, fieldTexts, run, running } = workspace;
  const outdated = outdatedIn(workspace);
  const prerendered = isPrerendered(workspace);
  const runs: Record<string, NodeRun> = {};
  for (const { name } of graph.nodes) {
    const live = getOwn(running?.states, name);
    const known = live ?? (prerendered ? forVisitor(getOwn(run?.nodes, name)) : getOwn(run?.nodes, name));
    const isStale = live === undefined ? stale.has(name) : outdated.has(name);
    const isOverridden = getOwn(fieldTexts.overrides, name) !== undefined;
    const shown = isOverridden ? asOverridden(known) : known && isStale ? asStale(known) : known;
    if (shown !== undefined) Object.defineProperty(runs, name, { value: shown, enumerable: true });
  }
  return runs;
}

/** Return the nodes that have changed since the active run started. */
function outdatedIn(workspace: Workspace): ReadonlySet<string> {
  const { graph, fieldTexts, files, running } = workspace;
  if (running === null || isRunOf(running.request, workspace)) return new Set();
  if (isOutlineUnknown(workspace)) return new Set(Object.keys(running.states));
  const { request } = running;
  return staleNodes(
    { graph, fieldTexts, files },
    { graph: running.graph, fieldTexts: request.fieldTexts, files: request.files },
  );
}

/** Return a node's run without the measurements of its latest call and the reasons for the call. */
export function withoutCall(run: Partial<NodeRun> = {}): Partial<NodeRun> {
  const { seconds: _time, bytes: _memory, causes: _reasons, ...rest } = run;
  return rest;
}

/** Omit measurements made by the site's build: they say little about the visitor's browser, and differ between builds. */
function forVisitor(built: NodeRun | undefined): NodeRun | undefined {
  return built && { ...withoutCall(built), state: built.state };
}

/** Mark a node as stale. Data about its latest call and its missing inputs is removed, because it belongs to earlier code. */
function asStale(known: NodeRun): NodeRun {
  const { elements: _elements, needs: _inputs, ...rest } = withoutCall(known);
  return { ...rest, state: "stale" };
}

/** Mark a node as overridden, unless it failed. */
function asOverridden(known: NodeRun | undefined): NodeRun {
  return known?.state === "failed" ? known : { state: "overridden" };
}

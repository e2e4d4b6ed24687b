/** Text about a node: screen reader labels, tooltips and list items. */

import { getOwn } from "../get-own.ts";
import { withoutBackticks } from "../inline-code.ts";
import { joinNames } from "../join-names.ts";
import type { NodeRun, NodeState, ProblemView } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import { causesText } from "../state/causes.ts";
import { callsText, progressText, typeText } from "../state/elements.ts";
import { missingInputsText } from "../state/missing-inputs.ts";
import { durationText, measurementText } from "../state/quantities.ts";
import type { DisplayNode, NodeGroup } from "./display-graph.ts";
import { stateCounts } from "./folding.ts";
import { nodeLabel } from "./measure.ts";

const STATE_WORDS: Record<NodeState, string> = {
  idle: "not run",
  stale: "stale",
  queued: "queued",
  running: "running",
  succeeded: "succeeded",
  reused: "reused",
  overridden: "overridden",
  failed: "failed",
  skipped: "skipped",
  waiting: "needs an input",
};

export function stateLabel(state: NodeState): string {
  return STATE_WORDS[state];
}

/** Return the state of a node and its missing inputs. */
export function runText(run: NodeRun | undefined): string {
  const state = run?.state ?? "idle";
  const needs = missingInputsText(run);
  if (needs === null) return stateLabel(state);
  return state === "waiting" ? needs : `${stateLabel(state)}: ${needs}`;
}

/** Durations below this are negligible, so the list does not show them. */
const NOTABLE_S = 1e-3;
/** Durations below this are not shown in the graph. */
const SLOW_S = 0.1;

/** Return whether the list shows the duration of a node's call. */
export function isNotable(run: NodeRun | undefined): run is NodeRun & { seconds: number } {
  return run?.seconds !== undefined && run.seconds >= NOTABLE_S;
}

/** Return the state of a node, the number of its elements, and the duration of its call unless that is negligible. */
export function callText(run: NodeRun | undefined): string {
  return joinTexts([runText(run), elementsText(run), isNotable(run) ? durationText(run.seconds) : ""]);
}

/** Return the number of a node's elements and the duration of a slow call in the latest run. Empty if there is neither. */
export function badgeText(run: NodeRun | undefined): string {
  const seconds = run?.seconds ?? 0;
  return joinTexts([elementsText(run), seconds < SLOW_S ? "" : durationText(seconds)]);
}

function elementsText(run: NodeRun | undefined): string {
  return run?.elements === undefined ? "" : progressText(run.elements);
}

function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join(" · ");
}

export function stateOf(runs: Record<string, NodeRun>, name: string): NodeState {
  return getOwn(runs, name)?.state ?? "idle";
}

/** Return the states of a group's members, such as `2 failed, 5 succeeded`. */
export function statesText(group: NodeGroup, runs: Record<string, NodeRun>): string {
  return stateCounts(group, runs)
    .map(([state, count]) => `${count} ${stateLabel(state)}`)
    .join(", ");
}

/** Return a label such as `anomaly, Series, succeeded, depends on temp_rolling and seasonal_baseline`. */
export function ariaLabelOf(
  node: DisplayNode,
  state: string,
  needs: readonly string[],
  problems: readonly ProblemView[],
  { prints = "", badge = "", pick = "" }: { prints?: string | undefined; badge?: string; pick?: string } = {},
): string {
  // The drawn text comes first and in the order of the drawing, because users of voice control choose a node by saying the text
  // that they see.
  const parts = [nodeLabel(node), typeText(node), badge, pick, ...(node.group === undefined ? [] : ["folded"])];
  if (node.kind !== "function") parts.push(node.kind);
  if (node.output) parts.push("output");
  parts.push(state);
  if (needs.length > 0) parts.push(`depends on ${joinNames(needs)}`);
  for (const problem of problems) parts.push(`${problem.severity}: ${withoutBackticks(firstLine(problem.message))}`);
  if (prints !== "") parts.push("printed");
  return escapeInvisible(parts.filter((part) => part !== "").join(", "));
}

export function problemsByNode(problems: readonly ProblemView[]): Map<string, ProblemView[]> {
  const byNode = new Map<string, ProblemView[]>();
  for (const problem of problems) {
    if (problem.node !== null) byNode.set(problem.node, [...(byNode.get(problem.node) ?? []), problem]);
  }
  return byNode;
}

/** Return the tooltip: the name and type, which the box may truncate, then problems, documentation, the call and its output. */
export function tooltipOf(node: DisplayNode, problems: readonly ProblemView[], run?: NodeRun): string {
  const head = node.type === "" ? nodeLabel(node) : `${nodeLabel(node)}: ${node.type}`;
  const calls = callsText(node, run);
  const lines = [
    head,
    ...problems.map((problem) => withoutBackticks(firstLine(problem.message))),
    firstLine(node.doc),
    calls === null ? "" : `called ${withoutBackticks(calls)}`,
    ...callTexts(node, run),
    run?.prints === undefined ? "" : `printed: ${firstLine(run.prints)}`,
  ];
  return escapeInvisible(lines.filter((line) => line !== "").join("\n"));
}

/** Describe the call in the latest run: its measurements and the reasons for it. */
function callTexts(node: DisplayNode, run: NodeRun | undefined): string[] {
  if (run?.seconds === undefined) return [];
  const reasons = causesText(node.name, run);
  return [measurementText(run.seconds, run.bytes), ...(reasons === null ? [] : [withoutBackticks(`ran ${reasons}`)])];
}

export function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}

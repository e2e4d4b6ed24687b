/** Text about a node: screen reader labels, tooltips and list items. */

import { getOwn } from "../get-own.ts";
import { withoutBackticks } from "../inline-code.ts";
import type { NodeRun, NodeState, ProblemView } from "../protocol.ts";
import { escapeInvisible } from "../special-characters.ts";
import { missingInputsText } from "../state/missing-inputs.ts";
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

export function stateOf(runs: Record<string, NodeRun>, name: string): NodeState {
  return getOwn(runs, name)?.state ?? "idle";
}

/** Return the states of a group's members, such as `2 failed, 5 succeeded`. */
export function statesText(group: NodeGroup, runs: Record<string, NodeRun>): string {
  return stateCounts(group, runs)
    .map(([state, count]) => `${count} ${stateLabel(state)}`)
    .join(", ");
}

/** Join names as in `a, b and c`. */
export function joinNames(names: readonly string[]): string {
  const last = names.at(-1);
  if (last === undefined) return "";
  return names.length === 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** Return a label such as `anomaly, Series, succeeded, needs temp_rolling and seasonal_baseline`. */
export function ariaLabelOf(
  node: DisplayNode,
  state: string,
  needs: readonly string[],
  problems: readonly ProblemView[],
  prints = "",
): string {
  const parts = [nodeLabel(node), node.type, ...(node.group === undefined ? [] : ["folded"])];
  if (node.kind !== "function") parts.push(node.kind);
  if (node.output) parts.push("output");
  parts.push(state);
  if (needs.length > 0) parts.push(`needs ${joinNames(needs)}`);
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

/** Return the tooltip: the name and type, which the box may truncate, then problems, documentation and output. */
export function tooltipOf(node: DisplayNode, problems: readonly ProblemView[], prints = ""): string {
  const head = node.type === "" ? nodeLabel(node) : `${nodeLabel(node)}: ${node.type}`;
  const printed = prints === "" ? "" : `printed: ${firstLine(prints)}`;
  const lines = [
    head,
    ...problems.map((problem) => withoutBackticks(firstLine(problem.message))),
    firstLine(node.doc),
    printed,
  ];
  return escapeInvisible(lines.filter((line) => line !== "").join("\n"));
}

export function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}

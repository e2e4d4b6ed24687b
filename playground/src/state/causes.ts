/** Explains in words why a run called a function or reused its value. Names are in backticks. */

import { getOwn } from "../get-own.ts";
import { joinNames } from "../join-names.ts";
import type { CauseKind, CauseView, GraphView, NodeRun } from "../protocol.ts";

/** Return the reasons for a call, such as "because `rate` changed"; null if the run did not call the function. */
export function causesText(node: string, { causes = [] }: NodeRun): string | null {
  const namesByKind = new Map<CauseKind, string[]>();
  for (const cause of causes) namesByKind.set(cause.kind, [...(namesByKind.get(cause.kind) ?? []), ...nameOf(cause)]);
  const clauses = [...namesByKind].map(([kind, names]) => clauseOf(kind, names, node));
  return clauses.length === 0 ? null : `because ${joinNames(clauses)}`;
}

/** Explain why a value was reused. With early cutoff, a node upstream may have run and returned an equal value. */
export function reusedText(node: string, graph: GraphView, runs: Record<string, NodeRun>): string {
  const sources = new Set(graph.edges.filter(({ target }) => target === node).map(({ source }) => source));
  const ran = [...sources].filter((source) => getOwn(runs, source)?.state === "succeeded");
  if (ran.length === 0) return "nothing it depends on has changed";
  const isOne = ran.length === 1;
  return `${joinNames(ran.map(code))} ran, but ${isOne ? "its value is" : "their values are"} unchanged`;
}

function clauseOf(kind: CauseKind, names: readonly string[], node: string): string {
  const named = joinNames(names.map(code));
  const isOne = names.length === 1;
  switch (kind) {
    case "first":
      return "it had no value yet";
    case "code":
      return "its code changed";
    case "function":
      return `${named} computes it now`;
    case "definition":
      return `${named} changed`;
    case "statement":
      return `${isOne ? "a statement" : "statements"} in ${named} changed`;
    case "module":
      return `${named} ${isOne ? "was" : "were"} added or removed`;
    case "source_text":
      return "it reads the source code, which changed";
    case "data":
      return `the ${isOne ? "file" : "files"} ${named} changed`;
    case "node":
      return isOne ? `${named} has a new value` : `${named} have new values`;
    case "input":
      return `the ${isOne ? "input" : "inputs"} ${named} changed`;
    case "config":
      return names.length === 0 ? "the config changed" : `the config ${isOne ? "value" : "values"} ${named} changed`;
    case "override":
      return `the ${isOne ? "override" : "overrides"} of ${named} changed`;
    case "changed_in_place":
      return `a function may have changed ${joinNames(names.map((name) => (name === node ? "this value" : code(name))))} in place`;
    case "iterator":
      return "its value is an iterator, which can be read only once";
    case "shared_state":
      return `it uses ${named}, which a function changes`;
    case "unreadable_code":
      return "the source code of its function is not available";
    case "unfinished":
      return "its previous call did not finish";
  }
}

function nameOf({ name }: CauseView): string[] {
  return name === undefined ? [] : [name];
}

function code(name: string): string {
  return `\`${name}\``;
}

/** Finds stale values: values that may differ from those that the current code would compute. */

import { getOwn } from "../get-own.ts";
import type { FieldTexts, Files, GraphView, NodeView } from "../protocol.ts";

/** A dataflow, the entered values, and the files from which some of these values are read. */
export interface DataflowSnapshot {
  graph: GraphView;
  fieldTexts: FieldTexts;
  files: Files;
}

/** The prefix of an entered value that is read from a data file. The file's name follows. */
const FROM_FILE = "file:";

/**
 * Return the nodes whose values may have changed: new and changed nodes, and everything downstream of them.
 *
 * A function has changed if its stamp is different. An input, a config value or an overridden node has changed if its entered
 * text, its data file, or the type into which the text is parsed is different.
 */
export function staleNodes(now: DataflowSnapshot, before: DataflowSnapshot): ReadonlySet<string> {
  const known = new Map(before.graph.nodes.map((node) => [node.name, node]));
  const isOverridden = (name: string): boolean => getOwn(now.fieldTexts.overrides, name) !== undefined;
  const changed = now.graph.nodes.filter(
    (node) =>
      hasOtherValue(node.name, now, before) ||
      (hasValue(node.name, now.fieldTexts) && node.type !== known.get(node.name)?.type) ||
      !(isOverridden(node.name) || isSameNode(node, known.get(node.name))),
  );
  const readers = grouped(now.graph.edges.map(({ source, target }) => [source, target]));
  return reachableFrom(
    changed.map(({ name }) => name),
    (name) => readers.get(name)?.filter((reader) => !isOverridden(reader)),
  );
}

/** Return the outputs and everything upstream of them; all nodes if no outputs are selected. */
export function neededNodes({ nodes, edges }: GraphView, outputs: readonly string[] | null): ReadonlySet<string> {
  if (outputs === null) return new Set(nodes.map(({ name }) => name));
  const sources = grouped(edges.map(({ source, target }) => [target, source]));
  return reachableFrom(outputs, (name) => sources.get(name));
}

function reachableFrom(starts: readonly string[], next: (name: string) => readonly string[] | undefined): Set<string> {
  const found = new Set(starts);
  for (const name of found) for (const other of next(name) ?? []) found.add(other); // the loop also visits names that it adds
  return found;
}

function grouped(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [from, to] of pairs) {
    const group = groups.get(from);
    if (group === undefined) groups.set(from, [to]);
    else group.push(to);
  }
  return groups;
}

const ROLES = ["inputs", "config", "overrides"] as const;

function hasValue(name: string, fieldTexts: FieldTexts): boolean {
  return ROLES.some((role) => getOwn(fieldTexts[role], name) !== undefined);
}

function hasOtherValue(name: string, now: DataflowSnapshot, before: DataflowSnapshot): boolean {
  return ROLES.some((role) => {
    const text = getOwn(now.fieldTexts[role], name);
    if (text !== getOwn(before.fieldTexts[role], name)) return true;
    if (text === undefined || !text.startsWith(FROM_FILE)) return false;
    const file = text.slice(FROM_FILE.length);
    return getOwn(now.files, file) !== getOwn(before.files, file);
  });
}

/** Return whether a node is unchanged. A function without a stamp is treated as changed. */
function isSameNode(node: NodeView, before: NodeView | undefined): boolean {
  if (before === undefined || node.kind !== before.kind) return false;
  return node.kind !== "function" || (node.stamp !== undefined && node.stamp === before.stamp);
}

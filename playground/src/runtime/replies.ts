/**
 * Validates what the sandbox sends. The code that runs there may send anything, so a reply is trusted only as far as its
 * shape and its size. Texts stay texts: never show one as markup.
 */

import * as v from "valibot";
import type { Preview, Reply } from "../protocol.ts";
import { type Announcement, type Envelope, hasTooManyParts } from "./envelope.ts";
import {
  LONGEST_CELL,
  LONGEST_FILE,
  LONGEST_IMAGE,
  LONGEST_NAME,
  LONGEST_PRINTS,
  LONGEST_PRINTS_OF_RUN,
  LONGEST_TEXT,
  LONGEST_TEXTS,
  LONGEST_VALUE,
  MOST_CELLS,
  MOST_EDGES,
  MOST_FILES,
  MOST_FRAMES,
  MOST_ITEMS,
  MOST_NODES,
  MOST_PROBLEMS,
} from "./limits.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** What is looked up, or stands in a line. */
const name = v.pipe(v.string(), v.maxLength(LONGEST_NAME));
/** What is read. */
const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
const prints = v.pipe(v.string(), v.maxLength(LONGEST_PRINTS));
const value = v.pipe(v.string(), v.maxLength(LONGEST_VALUE));
const nullable = v.nullable(name);
const line = v.nullable(count);

/** How many there are is looked at before any of them is. */
function several<Item>(item: v.GenericSchema<unknown, Item>, most: number): v.GenericSchema<unknown, Item[]> {
  return v.pipe(v.array(v.unknown()), v.maxLength(most), v.array(item));
}

const items = <Item>(item: v.GenericSchema<unknown, Item>) => several(item, MOST_ITEMS);
const cells = <Item>(item: v.GenericSchema<unknown, Item>) => several(item, MOST_CELLS);

/** Values by name. A function may be called `constructor`, which valibot's own record would leave out. */
function named<Value>(
  value: v.GenericSchema<unknown, Value>,
  most: number,
): v.GenericSchema<unknown, Record<string, Value>> {
  const entries = v.array(v.tuple([name, value]));
  return v.pipe(
    v.custom<object>((data) => typeof data === "object" && data !== null && !Array.isArray(data)),
    v.check((data) => Object.keys(data).length <= most),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const read = v.safeParse(entries, Object.entries(dataset.value));
      if (read.success) return Object.fromEntries(read.output);
      addIssue({ message: read.issues[0].message });
      return NEVER;
    }),
  );
}

const severity = v.picklist(["error", "warning"]);
const nodeState = v.picklist(["idle", "stale", "queued", "running", "done", "kept", "overridden", "failed", "skipped"]);

const field = v.object({
  kind: v.picklist(["int", "float", "bool", "str", "choice", "json"]),
  choices: items(name),
  default: v.nullable(text),
});

const node = v.object({
  name,
  kind: v.picklist(["function", "input", "config"]),
  type: name,
  doc: text,
  tags: named(v.union([name, items(name)]), MOST_ITEMS),
  function: nullable,
  module: nullable,
  file: nullable,
  line,
  end: line,
  output: v.boolean(),
  field: v.exactOptional(field),
});

const problem = v.object({
  kind: name,
  severity,
  message: text,
  file: nullable,
  line,
  column: line,
  node: nullable,
  frames: several(v.object({ file: name, line: count, function: name, code: text }), MOST_FRAMES),
});
const problems = several(problem, MOST_PROBLEMS);

const graph = v.object({
  nodes: several(node, MOST_NODES),
  edges: several(v.object({ source: name, target: name, optional: v.boolean() }), MOST_EDGES),
  problems,
  config: v.exactOptional(named(field, MOST_ITEMS)),
});

const preview = v.variant("kind", [
  v.object({
    kind: v.literal("table"),
    type: name,
    columns: cells(v.object({ name, dtype: name })),
    indexes: count,
    rows: cells(cells(v.pipe(v.string(), v.maxLength(LONGEST_CELL)))),
    shape: cells(count),
    row: v.exactOptional(count),
    column: v.exactOptional(count),
  }),
  v.object({ kind: v.literal("scalar"), type: name, text: value }),
  v.object({ kind: v.literal("text"), type: name, text: value, truncated: v.boolean() }),
  v.object({
    kind: v.literal("image"),
    type: name,
    mime: v.literal("image/png"),
    data: v.pipe(v.string(), v.maxLength(LONGEST_IMAGE), v.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  }),
  v.object({ kind: v.literal("tree"), type: name, text: value, truncated: v.boolean() }),
]);

const nodeRun = v.object({ state: nodeState, seconds: v.exactOptional(v.number()), prints: v.exactOptional(prints) });

const run = v.object({
  ok: v.boolean(),
  seconds: v.number(),
  ran: count,
  kept: count,
  total: count,
  nodes: v.pipe(
    named(nodeRun, MOST_NODES),
    v.check((nodes) => printed(Object.values(nodes)) <= LONGEST_PRINTS_OF_RUN),
  ),
  outputs: named(preview, MOST_NODES),
  prints: v.exactOptional(prints),
  graph,
  problems,
});

function printed(nodes: readonly { prints?: string }[]): number {
  return nodes.reduce((sum, node) => sum + (node.prints?.length ?? 0), 0);
}

const comparison = v.object({
  nodes: named(
    v.object({
      code: v.picklist(["added", "removed", "changed", "same"]),
      value: v.nullable(v.picklist(["same", "different", "unknown"])),
    }),
    MOST_NODES,
  ),
});

const taken = v.object({
  name,
  files: named(v.pipe(v.string(), v.maxLength(LONGEST_FILE)), MOST_FILES),
  notes: items(text),
  refusal: v.nullable(text),
});

const check = v.object({ passed: v.boolean(), message: text });

const about = { id: count, session: name };

const reply = v.variant("kind", [
  v.object({
    kind: v.literal("stage"),
    stage: v.picklist(["fetch", "core", "ready", "complete"]),
    seconds: v.number(),
  }),
  v.object({ kind: v.literal("boot-failed"), message: text }),
  v.object({ kind: v.literal("graph"), ...about, graph }),
  v.object({ kind: v.literal("state"), ...about, node: name, state: nodeState }),
  v.object({ kind: v.literal("result"), ...about, result: run }),
  v.object({ kind: v.literal("preview"), ...about, node: name, preview: v.nullable(preview) }),
  v.object({ kind: v.literal("comparison"), ...about, comparison }),
  v.object({ kind: v.literal("taken"), ...about, taken }),
  v.object({ kind: v.literal("checked"), ...about, check }),
  v.object({ kind: v.literal("closed"), ...about }),
  v.object({ kind: v.literal("crashed"), ...about, message: text }),
]);

/** What the schema lets through; a test holds it to be exactly a `Reply`. */
export type ReadReply = v.InferOutput<typeof reply>;

/** The reply that a message holds, or `null` if it is not what its envelope says. */
export function readReply(message: string, envelope: Envelope | Announcement): Reply | null {
  if (hasTooManyParts(message)) return null;
  let data: unknown;
  try {
    data = JSON.parse(message);
  } catch {
    return null;
  }
  const read = v.safeParse(reply, data);
  if (!read.success || !isIn(envelope, read.output)) return null;
  return message.length - imagesIn(read.output) > LONGEST_TEXTS && read.output.kind !== "taken" ? null : read.output;
}

/** A key may be there twice, and then the last one counts. */
function isIn(envelope: Envelope | Announcement, { kind, ...reply }: Reply): boolean {
  if (kind !== envelope.kind) return false;
  if (envelope.id === null) return true;
  return "id" in reply && reply.id === envelope.id && reply.session === envelope.session;
}

/** Characters of images. */
function imagesIn(reply: Reply): number {
  let shown: (Preview | null)[] = [];
  if (reply.kind === "result") shown = Object.values(reply.result.outputs);
  else if (reply.kind === "preview") shown = [reply.preview];
  return shown.reduce((sum, preview) => sum + (preview?.kind === "image" ? preview.data.length : 0), 0);
}

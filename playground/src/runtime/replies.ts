/**
 * What the sealed side says, believed only as far as its shape: the code that runs there may send anything. Texts stay
 * texts; whoever shows one must not make markup of it.
 */

import * as v from "valibot";
import type { Reply } from "../protocol.ts";

// All of these are far above what an honest reply holds, and far below what would stall the page.
const LONGEST = 32_000_000;
const LONGEST_NAME = 10_000;
const LONGEST_TEXT = 1_000_000;
const MOST_PARTS = 50_000;
const MOST_CELLS = 200;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** What is looked up, or stands in a line. */
const name = v.pipe(v.string(), v.maxLength(LONGEST_NAME));
/** What is read. */
const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
const nullable = v.nullable(name);
const line = v.nullable(count);

/** How many there are is looked at before any of them is. */
function several<Item>(item: v.GenericSchema<unknown, Item>, most: number): v.GenericSchema<unknown, Item[]> {
  return v.pipe(v.array(v.unknown()), v.maxLength(most), v.array(item));
}

const parts = <Item>(item: v.GenericSchema<unknown, Item>) => several(item, MOST_PARTS);
const cells = <Item>(item: v.GenericSchema<unknown, Item>) => several(item, MOST_CELLS);

/** Values by name. A function may be called `constructor`, which valibot's own record would leave out. */
function named<Value>(value: v.GenericSchema<unknown, Value>): v.GenericSchema<unknown, Record<string, Value>> {
  const entries = v.array(v.tuple([name, value]));
  return v.pipe(
    v.custom<object>((data) => typeof data === "object" && data !== null && !Array.isArray(data)),
    v.check((data) => Object.keys(data).length <= MOST_PARTS),
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
  choices: parts(name),
  default: v.nullable(text),
});

const node = v.object({
  name,
  kind: v.picklist(["function", "input", "config"]),
  type: name,
  doc: text,
  tags: named(v.union([name, parts(name)])),
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
  frames: parts(v.object({ file: name, line: count, function: name, code: text })),
});

const graph = v.object({
  nodes: parts(node),
  edges: parts(v.object({ source: name, target: name, optional: v.boolean() })),
  problems: parts(problem),
  config: v.exactOptional(named(field)),
});

const preview = v.variant("kind", [
  v.object({
    kind: v.literal("table"),
    type: name,
    columns: cells(v.object({ name, dtype: name })),
    indexes: count,
    rows: cells(cells(text)),
    shape: cells(count),
    row: v.exactOptional(count),
    column: v.exactOptional(count),
  }),
  v.object({ kind: v.literal("scalar"), type: name, text }),
  v.object({ kind: v.literal("text"), type: name, text, truncated: v.boolean() }),
  v.object({
    kind: v.literal("image"),
    type: name,
    mime: v.literal("image/png"),
    data: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  }),
  v.object({ kind: v.literal("tree"), type: name, text, truncated: v.boolean() }),
]);

const run = v.object({
  ok: v.boolean(),
  seconds: v.number(),
  ran: count,
  kept: count,
  total: count,
  nodes: named(v.object({ state: nodeState, seconds: v.exactOptional(v.number()), prints: v.exactOptional(text) })),
  outputs: named(preview),
  prints: v.exactOptional(text),
  graph,
  problems: parts(problem),
});

const comparison = v.object({
  nodes: named(
    v.object({
      code: v.picklist(["added", "removed", "changed", "same"]),
      value: v.nullable(v.picklist(["same", "different", "unknown"])),
    }),
  ),
});

const taken = v.object({
  name,
  files: named(v.string()),
  notes: parts(text),
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

/** The reply that a message is, or `null` if it is none. */
export function readReply(message: unknown): Reply | null {
  if (typeof message !== "string" || message.length > LONGEST) return null;
  let data: unknown;
  try {
    data = JSON.parse(message);
  } catch {
    return null;
  }
  const read = v.safeParse(reply, data);
  return read.success ? read.output : null;
}

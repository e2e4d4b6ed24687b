/**
 * What the sealed side says, believed only as far as its shape: the code that runs there may send anything. Texts stay
 * texts; whoever shows one must not make markup of it.
 */

import * as v from "valibot";
import type { Reply } from "../protocol.ts";

/** Far above any honest reply, far below what would stall the page. */
const LONGEST = 32_000_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const nullable = v.nullable(v.string());
const line = v.nullable(count);
const severity = v.picklist(["error", "warning"]);
const nodeState = v.picklist(["idle", "stale", "queued", "running", "done", "kept", "overridden", "failed", "skipped"]);

const field = v.object({
  kind: v.picklist(["int", "float", "bool", "str", "choice", "json"]),
  choices: v.array(v.string()),
  default: nullable,
});

const node = v.object({
  name: v.string(),
  kind: v.picklist(["function", "input", "config"]),
  type: v.string(),
  doc: v.string(),
  tags: v.record(v.string(), v.union([v.string(), v.array(v.string())])),
  function: nullable,
  module: nullable,
  file: nullable,
  line,
  end: line,
  output: v.boolean(),
  field: v.exactOptional(field),
});

const problem = v.object({
  kind: v.string(),
  severity,
  message: v.string(),
  file: nullable,
  line,
  column: line,
  node: nullable,
  frames: v.array(v.object({ file: v.string(), line: count, function: v.string(), code: v.string() })),
});

const graph = v.object({
  nodes: v.array(node),
  edges: v.array(v.object({ source: v.string(), target: v.string(), optional: v.boolean() })),
  problems: v.array(problem),
  config: v.exactOptional(v.record(v.string(), field)),
});

const preview = v.variant("kind", [
  v.object({
    kind: v.literal("table"),
    type: v.string(),
    columns: v.array(v.object({ name: v.string(), dtype: v.string() })),
    indexes: count,
    rows: v.array(v.array(v.string())),
    shape: v.array(count),
    row: v.exactOptional(count),
    column: v.exactOptional(count),
  }),
  v.object({ kind: v.literal("scalar"), type: v.string(), text: v.string() }),
  v.object({ kind: v.literal("text"), type: v.string(), text: v.string(), truncated: v.boolean() }),
  v.object({
    kind: v.literal("image"),
    type: v.string(),
    mime: v.literal("image/png"),
    data: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  }),
  v.object({ kind: v.literal("tree"), type: v.string(), text: v.string(), truncated: v.boolean() }),
]);

const run = v.object({
  ok: v.boolean(),
  seconds: v.number(),
  ran: count,
  kept: count,
  total: count,
  nodes: v.record(
    v.string(),
    v.object({ state: nodeState, seconds: v.exactOptional(v.number()), prints: v.exactOptional(v.string()) }),
  ),
  outputs: v.record(v.string(), preview),
  prints: v.exactOptional(v.string()),
  graph,
  problems: v.array(problem),
});

const comparison = v.object({
  nodes: v.record(
    v.string(),
    v.object({
      code: v.picklist(["added", "removed", "changed", "same"]),
      value: v.nullable(v.picklist(["same", "different", "unknown"])),
    }),
  ),
});

const taken = v.object({
  name: v.string(),
  files: v.record(v.string(), v.string()),
  notes: v.array(v.string()),
  refusal: nullable,
});

const about = { id: count, session: v.string() };

const reply = v.variant("kind", [
  v.object({
    kind: v.literal("stage"),
    stage: v.picklist(["fetch", "core", "ready", "packages"]),
    done: count,
    of: count,
    seconds: v.number(),
  }),
  v.object({ kind: v.literal("boot-failed"), message: v.string() }),
  v.object({ kind: v.literal("graph"), ...about, graph }),
  v.object({ kind: v.literal("state"), ...about, node: v.string(), state: nodeState }),
  v.object({ kind: v.literal("result"), ...about, result: run }),
  v.object({ kind: v.literal("preview"), ...about, node: v.string(), preview: v.nullable(preview) }),
  v.object({ kind: v.literal("comparison"), ...about, comparison }),
  v.object({ kind: v.literal("taken"), ...about, taken }),
  v.object({ kind: v.literal("closed"), ...about }),
  v.object({ kind: v.literal("crashed"), ...about, message: v.string() }),
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

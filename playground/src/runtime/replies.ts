/**
 * Validates what the sandbox sends. The code that runs there may send anything, so a reply is trusted only as far as its
 * shape and its size. Texts stay texts: never show one as markup.
 */

import * as v from "valibot";
import type { Preview, Reply } from "../protocol.ts";
import { type Announcement, type Envelope, hasTooManyParts } from "./envelope.ts";
import {
  LONGEST_CELL,
  LONGEST_DOC,
  LONGEST_FILE,
  LONGEST_IMAGE,
  LONGEST_LINE,
  LONGEST_MESSAGE,
  LONGEST_NAME,
  LONGEST_PRINTS,
  LONGEST_PRINTS_OF_RUN,
  LONGEST_SCALAR,
  LONGEST_TEXTS,
  LONGEST_TYPE,
  LONGEST_VALUE,
  MOST_COLUMNS,
  MOST_COMPARED,
  MOST_DIMENSIONS,
  MOST_EDGES,
  MOST_FRAMES,
  MOST_ITEMS,
  MOST_NEEDED,
  MOST_NODES,
  MOST_POINTS,
  MOST_PROBLEMS,
  MOST_ROWS,
} from "./limits.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A text of at most so many characters, as Python counts them: some take two UTF-16 code units. */
function longest(most: number) {
  return v.pipe(
    v.string(),
    v.check((text) => isAtMost(text, most)),
  );
}

function isAtMost(text: string, most: number): boolean {
  return text.length <= most || (text.length <= 2 * most && charactersIn(text) <= most);
}

function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const name = longest(LONGEST_NAME);
const type = longest(LONGEST_TYPE);
const message = longest(LONGEST_MESSAGE);
const codeLine = longest(LONGEST_LINE);
const prints = longest(LONGEST_PRINTS);
const value = longest(LONGEST_VALUE);
const cell = longest(LONGEST_CELL);
const nullable = v.nullable(name);
const line = v.nullable(count);

/** The number of items is checked before any of them is. */
function several<Item>(item: v.GenericSchema<unknown, Item>, most: number): v.GenericSchema<unknown, Item[]> {
  return v.pipe(v.array(v.unknown()), v.maxLength(most), v.array(item));
}

const items = <Item>(item: v.GenericSchema<unknown, Item>) => several(item, MOST_ITEMS);

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
const nodeState = v.picklist([
  "idle",
  "stale",
  "queued",
  "running",
  "succeeded",
  "reused",
  "overridden",
  "failed",
  "skipped",
  "waiting",
]);

const field = v.object({
  kind: v.picklist(["int", "float", "bool", "str", "choice", "json", "literal", "date", "datetime", "table"]),
  choices: items(name),
  default: nullable,
});

const node = v.object({
  name,
  kind: v.picklist(["function", "input", "config"]),
  type,
  doc: longest(LONGEST_DOC),
  tags: named(v.union([name, items(name)]), MOST_ITEMS),
  function: nullable,
  module: nullable,
  file: nullable,
  line,
  end: line,
  output: v.boolean(),
  field: v.exactOptional(field),
  stamp: v.exactOptional(name),
});

const frame = v.object({
  file: name,
  line: count,
  function: codeLine,
  code: codeLine,
  repeated: v.exactOptional(count),
  times: v.exactOptional(count),
});

const problem = v.object({
  kind: name,
  severity,
  message,
  file: nullable,
  line,
  column: line,
  node: nullable,
  frames: several(frame, MOST_FRAMES),
  fields: v.exactOptional(items(v.object({ role: v.picklist(["inputs", "config", "overrides"]), name }))),
});
const problems = several(problem, MOST_PROBLEMS);

const nodes = several(node, MOST_NODES);
const edges = several(v.object({ source: name, target: name, optional: v.boolean() }), MOST_EDGES);
const config = v.exactOptional(named(field, MOST_ITEMS));

const wholeGraph = v.object({ nodes, edges, problems, config });
const graphChange = v.object({
  since: count,
  nodes,
  order: v.nullable(several(name, MOST_NODES)),
  edges: v.nullable(edges),
  problems,
  config,
});
const graph = v.lazy<typeof wholeGraph | typeof graphChange>((data) =>
  typeof data === "object" && data !== null && "since" in data ? graphChange : wholeGraph,
);

const preview = v.variant("kind", [
  v.object({
    kind: v.literal("table"),
    type,
    columns: several(v.object({ name: cell, dtype: cell }), MOST_COLUMNS),
    indexes: count,
    rows: several(several(cell, MOST_COLUMNS), MOST_ROWS),
    shape: several(count, MOST_DIMENSIONS),
    row: v.exactOptional(count),
    column: v.exactOptional(count),
    curve: v.exactOptional(
      v.object({
        count,
        gaps: count,
        low: cell,
        high: cell,
        points: several(several(v.number(), 2), MOST_POINTS),
      }),
    ),
  }),
  v.object({ kind: v.literal("scalar"), type, text: longest(LONGEST_SCALAR) }),
  v.object({ kind: v.literal("text"), type, text: value, truncated: v.boolean() }),
  v.object({
    kind: v.literal("image"),
    type,
    mime: v.literal("image/png"),
    data: v.pipe(longest(LONGEST_IMAGE), v.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  }),
  v.object({ kind: v.literal("tree"), type, text: value, truncated: v.boolean() }),
]);

const nodeRun = v.object({
  state: nodeState,
  needs: v.exactOptional(several(name, MOST_NEEDED)),
  seconds: v.exactOptional(v.number()),
  prints: v.exactOptional(prints),
  again: v.exactOptional(message),
});

const run = v.object({
  ok: v.boolean(),
  seconds: v.number(),
  ran: count,
  reused: count,
  total: count,
  nodes: v.pipe(
    named(nodeRun, MOST_NODES),
    v.check((nodes) => arePrintsAtMost(Object.values(nodes), LONGEST_PRINTS_OF_RUN)),
  ),
  outputs: named(preview, MOST_NODES),
  prints: v.exactOptional(prints),
  graph,
  problems,
});

function arePrintsAtMost(nodes: readonly { prints?: string }[], most: number): boolean {
  const sum = (count: (text: string) => number): number =>
    nodes.reduce((total, { prints }) => total + (prints === undefined ? 0 : count(prints)), 0);
  const units = sum((text) => text.length);
  return units <= most || (units <= 2 * most && sum(charactersIn) <= most);
}

const comparison = v.object({
  nodes: named(
    v.object({
      code: v.picklist(["added", "removed", "changed", "same"]),
      value: v.nullable(v.picklist(["same", "different", "unknown"])),
    }),
    MOST_COMPARED,
  ),
});

const taken = v.object({
  name,
  files: named(longest(LONGEST_FILE), MOST_ITEMS),
  notes: items(message),
  refusal: v.nullable(message),
});

const check = v.object({ passed: v.boolean(), message });

const about = { id: count, session: name };

const reply = v.variant("kind", [
  v.object({
    kind: v.literal("stage"),
    stage: v.picklist(["fetch", "core", "ready", "complete"]),
    seconds: v.number(),
  }),
  v.object({ kind: v.literal("boot-failed"), message }),
  v.object({ kind: v.literal("graph"), ...about, graph, version: v.exactOptional(count) }),
  v.object({ kind: v.literal("state"), ...about, node: name, state: nodeState }),
  v.object({ kind: v.literal("result"), ...about, result: run, version: v.exactOptional(count) }),
  v.object({ kind: v.literal("preview"), ...about, node: name, preview: v.nullable(preview) }),
  v.object({ kind: v.literal("comparison"), ...about, comparison }),
  v.object({ kind: v.literal("taken"), ...about, taken }),
  v.object({ kind: v.literal("checked"), ...about, check }),
  v.object({ kind: v.literal("closed"), ...about }),
  v.object({ kind: v.literal("crashed"), ...about, message }),
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
  if (envelope.id === null) return !("stage" in reply) || reply.stage === envelope.stage;
  return "id" in reply && reply.id === envelope.id && reply.session === envelope.session;
}

/** Characters of images. */
function imagesIn(reply: Reply): number {
  let shown: (Preview | null)[] = [];
  if (reply.kind === "result") shown = Object.values(reply.result.outputs);
  else if (reply.kind === "preview") shown = [reply.preview];
  return shown.reduce((sum, preview) => sum + (preview?.kind === "image" ? preview.data.length : 0), 0);
}

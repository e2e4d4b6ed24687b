// Written by `make wire` from src/headwater/wire/. Edit what stands there, and run it again.

/** What a reply can hold, and how much of it: checked before anything of a reply is used. */

import * as v from "valibot";
import { count, longest, named, several, withOrWithout } from "./validators.ts";

const bootStage = v.picklist(["fetch", "core", "ready", "complete"]);

const stageReply = v.object({
  kind: v.literal("stage"),
  stage: bootStage,
  seconds: v.number(),
});

const message = longest(4_000);

const bootFailedReply = v.object({
  kind: v.literal("boot-failed"),
  message,
});

const name = longest(1_000);

const exchange = v.object({
  id: count,
  session: name,
});

const nodeKind = v.picklist(["function", "input", "config"]);

const typeText = longest(300);

const fieldView = v.object({
  kind: v.picklist(["int", "float", "bool", "str", "choice", "json", "literal", "date", "datetime", "table"]),
  choices: several(name, 1_000),
  default: v.nullable(name),
});

const nodeView = v.object({
  name,
  kind: nodeKind,
  type: typeText,
  doc: longest(20_000),
  tags: named(name, v.union([name, several(name, 1_000)]), 1_000),
  function: v.nullable(name),
  module: v.nullable(name),
  file: v.nullable(name),
  line: v.nullable(count),
  end: v.nullable(count),
  output: v.boolean(),
  field: v.exactOptional(fieldView),
  stamp: v.exactOptional(name),
});

const edgeView = v.object({
  source: name,
  target: name,
  optional: v.boolean(),
});

const severity = v.picklist(["error", "warning"]);

const line = longest(200);

const frameView = v.object({
  file: name,
  line: count,
  function: line,
  code: line,
  repeated: v.exactOptional(count),
  times: v.exactOptional(count),
});

const fieldRole = v.picklist(["inputs", "config", "overrides"]);

const fieldReference = v.object({
  role: fieldRole,
  name,
});

const problemView = v.object({
  kind: name,
  severity,
  message,
  file: v.nullable(name),
  line: v.nullable(count),
  column: v.nullable(count),
  node: v.nullable(name),
  frames: several(frameView, 20),
  fields: v.exactOptional(several(fieldReference, 1_000)),
  input: v.exactOptional(name),
  argument: v.exactOptional(name),
  module: v.exactOptional(name),
});

const graphView = v.object({
  nodes: several(nodeView, 20_000),
  edges: several(edgeView, 100_000),
  problems: several(problemView, 1_000),
  config: v.exactOptional(named(name, fieldView, 1_000)),
});

const graphChange = v.object({
  since: count,
  nodes: several(nodeView, 20_000),
  order: v.nullable(several(name, 20_000)),
  edges: v.nullable(several(edgeView, 100_000)),
  problems: several(problemView, 1_000),
  config: v.exactOptional(named(name, fieldView, 1_000)),
});

const graph = withOrWithout("since", graphChange, graphView);

const graphReply = v.object({
  ...exchange.entries,
  kind: v.literal("graph"),
  graph,
  version: v.exactOptional(count),
});

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

const stateReply = v.object({
  ...exchange.entries,
  kind: v.literal("state"),
  node: name,
  state: nodeState,
});

const prints = longest(20_100);

const nodeRun = v.object({
  state: nodeState,
  needs: v.exactOptional(several(name, 10)),
  seconds: v.exactOptional(v.number()),
  prints: v.exactOptional(prints),
  again: v.exactOptional(message),
});

const cell = longest(120);

const columnView = v.object({
  name: cell,
  dtype: cell,
});

const curveView = v.object({
  count,
  gaps: count,
  low: cell,
  high: cell,
  points: several(several(v.number(), 2), 320),
});

const tablePreview = v.object({
  kind: v.literal("table"),
  type: typeText,
  columns: several(columnView, 60),
  indexes: count,
  rows: several(several(cell, 60), 50),
  shape: several(count, 2),
  row: v.exactOptional(count),
  column: v.exactOptional(count),
  curve: v.exactOptional(curveView),
});

const scalarPreview = v.object({
  kind: v.literal("scalar"),
  type: typeText,
  text: line,
});

const valueText = longest(100_000);

const textPreview = v.object({
  kind: v.literal("text"),
  type: typeText,
  text: valueText,
  truncated: v.boolean(),
});

const imagePreview = v.object({
  kind: v.literal("image"),
  type: typeText,
  mime: v.literal("image/png"),
  data: v.pipe(longest(5_333_336), v.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
});

const treePreview = v.object({
  kind: v.literal("tree"),
  type: typeText,
  text: valueText,
  truncated: v.boolean(),
});

const preview = v.variant("kind", [tablePreview, scalarPreview, textPreview, imagePreview, treePreview]);

const runSummary = v.object({
  ok: v.boolean(),
  seconds: v.number(),
  ran: count,
  reused: count,
  total: count,
  nodes: named(name, nodeRun, 20_000),
  outputs: named(name, preview, 20_000),
  problems: several(problemView, 1_000),
  prints: v.exactOptional(prints),
});

const runReply = v.object({
  ...runSummary.entries,
  graph,
});

const resultReply = v.object({
  ...exchange.entries,
  kind: v.literal("result"),
  result: runReply,
  version: v.exactOptional(count),
});

const previewReply = v.object({
  ...exchange.entries,
  kind: v.literal("preview"),
  node: name,
  preview: v.nullable(preview),
});

const codeChange = v.picklist(["added", "removed", "changed", "same"]);

const valueChange = v.picklist(["same", "different", "unknown"]);

const nodeComparison = v.object({
  code: codeChange,
  value: v.nullable(valueChange),
});

const comparisonView = v.object({
  nodes: named(name, nodeComparison, 40_000),
});

const comparisonReply = v.object({
  ...exchange.entries,
  kind: v.literal("comparison"),
  comparison: comparisonView,
});

const exportView = v.object({
  name,
  files: named(name, longest(8_000_000), 1_000),
  notes: several(message, 1_000),
  refusal: v.nullable(message),
});

const exportReply = v.object({
  ...exchange.entries,
  kind: v.literal("export"),
  export: exportView,
});

const checkView = v.object({
  passed: v.boolean(),
  message,
});

const checkedReply = v.object({
  ...exchange.entries,
  kind: v.literal("checked"),
  check: checkView,
});

const closedReply = v.object({
  ...exchange.entries,
  kind: v.literal("closed"),
});

const crashedReply = v.object({
  ...exchange.entries,
  kind: v.literal("crashed"),
  message,
});

const reply = v.variant("kind", [
  stageReply,
  bootFailedReply,
  graphReply,
  stateReply,
  resultReply,
  previewReply,
  comparisonReply,
  exportReply,
  checkedReply,
  closedReply,
  crashedReply,
]);

export { reply };

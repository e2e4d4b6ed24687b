/** The page's validators enforce Python's bounds: `bounds.json` comes from `src/headwater/wire/views.py`. */

import { describe, expect, test } from "vitest";
import type * as protocol from "../../src/protocol.ts";
import { envelopeOf } from "../../src/runtime/envelope.ts";
import { readReply } from "../../src/runtime/replies.ts";
import bounds from "./bounds.json" with { type: "json" };

const FRAME: protocol.FrameView = { file: "flow.py", line: 1, function: "f", code: "f()" };
const PROBLEM: protocol.ProblemView = {
  kind: "Error",
  severity: "error",
  message: "x",
  file: "flow.py",
  line: 1,
  column: 1,
  node: "total",
  frames: [FRAME],
  fields: [{ role: "inputs", name: "price" }],
  input: "price",
  argument: "price",
  module: "yaml",
  docs: "missing-input",
};
const REFERENCE: protocol.FieldReference = { role: "inputs", name: "price" };
const FIELD: protocol.FieldView = { kind: "choice", choices: ["1"], default: "1" };
const NODE: protocol.NodeView = {
  name: "total",
  kind: "function",
  type: "int",
  doc: "",
  tags: { owner: ["a"] },
  each: ["order"],
  function: "total",
  module: "flow",
  file: "flow.py",
  line: 1,
  end: 2,
  output: true,
};
const EDGE: protocol.EdgeView = { source: "a", target: "b", optional: false };
const GRAPH: protocol.GraphView = { nodes: [NODE], edges: [EDGE], problems: [PROBLEM], config: { region: FIELD } };
const COLUMN: protocol.ColumnView = { name: "a", dtype: "int64" };
const TABLE: protocol.TablePreview = {
  kind: "table",
  type: "DataFrame",
  columns: [COLUMN],
  indexes: 0,
  rows: [["1"]],
  shape: [1, 1],
};
const SCALAR: protocol.ScalarPreview = { kind: "scalar", type: "int", text: "1" };
const CAUSE: protocol.CauseView = { kind: "node", name: "price" };
const RUN: protocol.RunView = {
  ok: true,
  seconds: 1,
  ran: 1,
  reused: 0,
  total: 1,
  nodes: { total: { state: "succeeded" } },
  outputs: { total: SCALAR },
  prints: "",
  graph: { nodes: [], edges: [], problems: [] },
  problems: [PROBLEM],
};

const CURVE: protocol.CurveView = { count: 2, gaps: 0, low: "", high: "", points: [[0, 1]] };

const CRITERION: protocol.CriterionView = { text: "", passed: false };

const about = { id: 1, session: "a" };
const graph = (graph: protocol.GraphView | protocol.GraphChange): object => ({ ...about, kind: "graph", graph });
const run = (result: protocol.RunView): object => ({ ...about, kind: "result", result });
const preview = (preview: protocol.Preview): object => ({ ...about, kind: "preview", node: "total", preview });

/** For each shape, an example and a function that returns a reply containing it. */
const SHAPES: Record<keyof typeof bounds, [example: object, reply: (value: never) => object]> = {
  FieldView: [FIELD, (field) => graph({ ...GRAPH, nodes: [{ ...NODE, field }] })],
  NodeView: [NODE, (node) => graph({ ...GRAPH, nodes: [node] })],
  EdgeView: [EDGE, (edge) => graph({ ...GRAPH, edges: [edge] })],
  FrameView: [FRAME, (frame) => run({ ...RUN, problems: [{ ...PROBLEM, frames: [frame] }] })],
  FieldReference: [REFERENCE, (field) => run({ ...RUN, problems: [{ ...PROBLEM, fields: [field] }] })],
  ProblemView: [PROBLEM, (problem) => run({ ...RUN, problems: [problem] })],
  GraphView: [GRAPH, graph],
  GraphChange: [{ since: 1, ...GRAPH, order: ["total"] }, graph],
  CurveView: [CURVE, (curve) => preview({ ...TABLE, curve })],
  ColumnView: [COLUMN, (column) => preview({ ...TABLE, columns: [column] })],
  TablePreview: [TABLE, preview],
  ScalarPreview: [SCALAR, preview],
  TextPreview: [{ kind: "text", type: "str", text: "a", truncated: false }, preview],
  ImagePreview: [{ kind: "image", type: "Figure", mime: "image/png", data: "" }, preview],
  TreePreview: [{ kind: "tree", type: "list", text: "[]", truncated: false }, preview],
  CauseView: [CAUSE, (cause) => run({ ...RUN, nodes: { total: { state: "succeeded", causes: [cause] } } })],
  NodeRun: [
    { state: "waiting", needs: ["a"], causes: [CAUSE], prints: "", again: "" },
    (node) => run({ ...RUN, nodes: { total: node } }),
  ],
  RunView: [RUN, run],
  CompletionView: [{ name: "", type: "" }, (key) => ({ ...about, kind: "completions", completions: [key] })],
  AttributeView: [
    { name: "", kind: "value" },
    (attribute) => ({ ...about, kind: "attributes", attributes: [attribute] }),
  ],
  ComparisonView: [
    { nodes: { total: { code: "same", value: null } } },
    (comparison) => ({ ...about, kind: "comparison", comparison }),
  ],
  CriterionView: [
    CRITERION,
    (criterion) => ({ ...about, kind: "checked", check: { passed: false, message: "", criteria: [criterion] } }),
  ],
  CheckView: [{ passed: false, message: "", criteria: [CRITERION] }, (check) => ({ ...about, kind: "checked", check })],
  ExportView: [
    { name: "", files: { "a.py": "" }, notes: [""], refusal: "" },
    (view) => ({ ...about, kind: "export", export: view }),
  ],
};

/**
 * Return an example whose part at a path, such as `tags{}[]`, has a given size: text with `count` characters, or a list or a
 * record with `count` copies of its first item.
 */
function sized(example: unknown, path: string, count: number, character: string): unknown {
  const [first] = Object.values(example ?? {});
  if (path === "") return character.repeat(count);
  if (path === " items") {
    const items = Array.from({ length: count }, () => first);
    return Array.isArray(example) ? items : Object.fromEntries(items.entries());
  }
  if (path === "{key}") return { [character.repeat(count)]: first };
  if (path.startsWith("[]")) return [sized(first, path.slice(2), count, character)];
  if (path.startsWith("{}")) return { a: sized(first, path.slice(2), count, character) };
  const [, name = "", rest = ""] = /^(\w+)(.*)$/.exec(path) ?? [];
  return { ...(example as object), [name]: sized((example as Record<string, unknown>)[name], rest, count, character) };
}

function isRead(reply: object): boolean {
  const message = JSON.stringify(reply);
  const envelope = envelopeOf(message);
  return envelope !== null && readReply(message, envelope) !== null;
}

const CASES = Object.entries(bounds).flatMap(([shape, fields]) =>
  Object.entries(fields).map(([path, bound]) => [shape as keyof typeof bounds, path, bound] as const),
);

describe("the page accepts values within Python's bounds, and nothing beyond them", () => {
  test.each(CASES)(
    "%s.%s: %i",
    (shape, path, bound) => {
      const [example, reply] = SHAPES[shape] as [object, (value: unknown) => object];
      const character = path === "data" ? "AAAA" : "x";
      const of = (count: number) => reply(sized(example, path, count / character.length, character));
      expect(isRead(of(bound))).toBe(true);
      expect(isRead(of(bound + character.length))).toBe(false);
    },
    60_000,
  );

  test("a character that takes two code units counts as one, as in Python", () => {
    const message = (count: number): object =>
      run({ ...RUN, problems: [{ ...PROBLEM, message: "\u{1f600}".repeat(count) }] });
    expect(isRead(message(4_000))).toBe(true);
    expect(isRead(message(4_001))).toBe(false);
  });
});

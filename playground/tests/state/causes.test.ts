import { describe, expect, it, test } from "vitest";
import type { CauseKind, CauseView, GraphView, NodeRun } from "../../src/protocol.ts";
import { causesText, reusedText } from "../../src/state/causes.ts";

const TEXTS: Record<CauseKind, string> = {
  first: "it had no value yet",
  code: "its code changed",
  function: "`x` computes it now",
  definition: "`x` changed",
  statement: "a statement in `x` changed",
  module: "`x` was added or removed",
  source_text: "it reads the source code, which changed",
  data: "the file `x` changed",
  node: "`x` has a new value",
  input: "the input `x` changed",
  config: "the config value `x` changed",
  override: "the override of `x` changed",
  changed_in_place: "a function may have changed `x` in place",
  iterator: "its value is an iterator, which can be read only once",
  shared_state: "it uses `x`, which a function changes",
  unreadable_code: "the source code of its function is not available",
  unfinished: "its previous call did not finish",
};

function because(...causes: CauseView[]): string | null {
  return causesText("total", { state: "succeeded", causes });
}

describe("the reasons for a call", () => {
  it.each(Object.entries(TEXTS))("of the kind %s", (kind, text) => {
    expect(because({ kind: kind as CauseKind, name: "x" })).toBe(`because ${text}`);
  });

  it.each<[string, CauseView[]]>([
    ["its code changed and `a` has a new value", [{ kind: "code" }, { kind: "node", name: "a" }]],
    ["`a` and `b` have new values", ["a", "b"].map((name) => ({ kind: "node", name }))],
    ["the inputs `a`, `b` and `c` changed", ["a", "b", "c"].map((name) => ({ kind: "input", name }))],
    ["the overrides of `a` and `b` changed", ["a", "b"].map((name) => ({ kind: "override", name }))],
    ["the config changed", [{ kind: "config" }]],
    ["a function may have changed this value in place", [{ kind: "changed_in_place", name: "total" }]],
  ])("are listed: %s", (text, causes) => {
    expect(because(...causes)).toBe(`because ${text}`);
  });

  test("are absent for a node that did not run", () => {
    expect(causesText("total", { state: "reused" })).toBeNull();
  });
});

describe("the reason for a reused value", () => {
  const graph: GraphView = {
    nodes: [],
    edges: ["a", "b", "a"].map((source) => ({ source, target: "total", optional: false })),
    problems: [],
  };

  it.each<[string, Record<string, NodeRun>]>([
    ["nothing it depends on has changed", { a: { state: "reused" } }],
    ["`a` ran, but its value is unchanged", { a: { state: "succeeded" }, b: { state: "reused" } }],
    ["`a` and `b` ran, but their values are unchanged", { a: { state: "succeeded" }, b: { state: "succeeded" } }],
  ])("%s", (text, runs) => {
    expect(reusedText("total", graph, runs)).toBe(text);
  });
});

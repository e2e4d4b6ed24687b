import { CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { pythonLanguage } from "@codemirror/lang-python";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { nodeCompletion } from "../../src/editor/completion.ts";
import { pythonCompletion } from "../../src/editor/python-completion.ts";
import { atCaret, graph, input, node } from "./dataflows.ts";

const GRAPH = graph(
  [node("price", { doc: "What one costs.\n\nIn euros." }), node("total"), node("taxed"), input("quantity")],
  "price -> total",
  "quantity -> total",
  "total -> taxed",
);

const PARSING_MILLISECONDS = 60_000;

function contextOf(marked: string, explicit = false): CompletionContext {
  const { text, caret } = atCaret(marked);
  const state = EditorState.create({ doc: text, extensions: [pythonLanguage] });
  ensureSyntaxTree(state, text.length, PARSING_MILLISECONDS); // a new state parses for only 20 ms
  return new CompletionContext(state.update({}).state, caret, explicit);
}

function offered(marked: string, explicit = false): string[] {
  const files = { "flow.py": atCaret(marked).text };
  const source = nodeCompletion(
    () => "flow.py",
    () => ({ files, graph: GRAPH }),
  );
  return source(contextOf(marked, explicit))?.options.map(({ label }) => label) ?? [];
}

async function python(marked: string, explicit = false): Promise<string[]> {
  const nodes = nodeCompletion(
    () => "flow.py",
    () => ({ files: { "flow.py": atCaret(marked).text }, graph: GRAPH }),
  );
  const results = await Promise.all(pythonCompletion(nodes).map((source) => source(contextOf(marked, explicit))));
  return results.flatMap((result: CompletionResult | null) => result?.options.map(({ label }) => label) ?? []);
}

describe("names of nodes", () => {
  it("are offered for a parameter, with their type and the first paragraph of their docstring", () => {
    const source = nodeCompletion(
      () => "flow.py",
      () => ({ files: {}, graph: GRAPH }),
    );
    const result = source(contextOf("def shown(pr|"));
    expect(result?.from).toBe("def shown(".length);
    expect(result?.options[0]).toMatchObject({ label: "price", detail: "int", info: "What one costs." });
  });

  it("are not offered once they are complete, so that Enter inserts a line break", () => {
    const source = nodeCompletion(
      () => "flow.py",
      () => ({ files: {}, graph: GRAPH }),
    );
    const validFor = source(contextOf("def shown(pric|"))?.validFor as (typed: string) => boolean;
    expect(["pri", "price", "prices"].map(validFor)).toEqual([true, false, true]);
  });

  it("are not offered if the typed word is one of them, although longer names start with it", () => {
    const before = "def price() -> int: ...\n\ndef price_total() -> int: ...\n\n";
    for (const marked of ["def shown(price|) -> int: ...", "def f(price: int, price_total: int):\n    return price|"])
      expect(offered(before + marked)).toEqual([]);
    expect(offered("def f(price: int, price_total: int):\n    return price|", true)).toContain("price_total");
  });

  it("exclude existing parameters, the function itself and its downstream nodes", () => {
    expect(offered("def total(price: int, p|) -> int:\n    return price\n")).toEqual(["quantity"]);
  });

  it("are offered between parentheses on request, before anything is typed", () => {
    expect(offered("def shown(|) -> int: ...", true)).toEqual(["price", "total", "taxed", "quantity"]);
    expect(offered("def shown(|) -> int: ...")).toEqual([]);
  });

  it("are not offered for a type or a default value", () => {
    expect(offered("def shown(price: pr|) -> int: ...")).toEqual([]);
    expect(offered("def shown(price: int = |) -> int: ...", true)).toEqual([]);
  });

  it("are offered in a function's body if they are parameters of that function", () => {
    expect(offered("def total(price: int, quantity: int) -> int:\n    return pr|\n")).toEqual(["price", "quantity"]);
  });

  it("are not offered in strings, comments or attributes", () => {
    for (const body of ['"pr|"', "1  # pr|", "price.pr|", 'f"pr|"']) {
      expect(offered(`def total(price: int) -> int:\n    return ${body}\n`)).toEqual([]);
    }
  });

  it("of inputs are offered for a new function, which then computes them", () => {
    expect(offered("def qu|")).toEqual(["quantity"]);
  });
});

describe("Python names", () => {
  it("are offered if they start with the typed text, in the same case", async () => {
    expect(await python("x = pri|")).toEqual(["print"]);
    expect(await python("x = Val|")).toEqual(["ValueError"]);
  });

  it("are offered once, even if a parameter hides a function", async () => {
    const code = "def base() -> int: ...\n\ndef more(base: int) -> int:\n    margin = 1\n    return ";
    expect(await python(`${code}ba|`)).toEqual([]); // the completion of nodes offers the parameter
    expect(await python(`${code}marg|`)).toEqual(["margin"]);
    expect(await python("def falls():\n    fallen = 1\n    def fallen(): ...\n    return fall|")).toEqual([
      "fallen",
      "falls",
    ]);
  });

  it("are not offered for a word that only contains some of their letters", async () => {
    expect(await python("nope|")).toEqual([]);
    expect(await python("x = no|")).toEqual([]);
  });

  it("are not offered for a complete word or a single letter", async () => {
    expect(await python("x = print|")).toEqual([]);
    expect(await python("def warm_days(warm):\n    return warm|")).toEqual([]);
    expect(await python("x = p|")).toEqual([]);
  });

  it("are not offered where a new name is defined", async () => {
    expect(await python("def pri|")).toEqual([]);
    expect(await python("def total(pri|) -> int: ...")).toEqual([]);
    expect(await python("for pri| in []: ...")).toEqual([]);
  });
});

import { CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { pythonLanguage } from "@codemirror/lang-python";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { type AttributeHost, attributeCompletion } from "../../src/editor/attribute-completion.ts";
import type { AttributeView } from "../../src/protocol.ts";
import { atCaret } from "./dataflows.ts";

const PARSING_MILLISECONDS = 60_000;
const ATTRIBUTES: AttributeView[] = [
  { name: "head", kind: "function" },
  { name: "shape", kind: "property" },
  { name: "_mgr", kind: "value" },
];

type Position = Parameters<AttributeHost["attributesAt"]>[0];

class FakeHost implements AttributeHost {
  readonly requested: Position[] = [];
  attributes: readonly AttributeView[] | null = ATTRIBUTES;

  async attributesAt(position: Position): Promise<readonly AttributeView[] | null> {
    this.requested.push(position);
    return this.attributes;
  }

  async describeAttribute(name: string) {
    return name === "head" ? { signature: "head(n=5)", summary: "Return the first rows." } : null;
  }
}

function contextOf(marked: string, explicit = false): CompletionContext {
  const { text, caret } = atCaret(marked);
  const state = EditorState.create({ doc: text, extensions: [pythonLanguage] });
  ensureSyntaxTree(state, text.length, PARSING_MILLISECONDS); // `EditorState.create` parses for at most 20 ms
  return new CompletionContext(state.update({}).state, caret, explicit);
}

async function complete(
  marked: string,
  { explicit = false, host = new FakeHost() } = {},
): Promise<{ requested: Position[]; result: CompletionResult | null }> {
  const result = await attributeCompletion("flow.py", host)(contextOf(marked, explicit));
  return { requested: host.requested, result };
}

function isValid(result: CompletionResult | null, typed: string): boolean {
  const validFor = result?.validFor as (text: string) => boolean;
  return validFor(typed);
}

describe("attributes", () => {
  it("are offered after a dot, with their kinds", async () => {
    const { requested, result } = await complete("def f(df):\n    return df.|\n");
    expect(requested).toEqual([{ file: "flow.py", text: "def f(df):\n    return df.\n", line: 2, column: 14 }]);
    expect(result?.from).toBe(25);
    expect(result?.options).toMatchObject([
      { label: "head", detail: "function" },
      { label: "shape", detail: "property" },
    ]);
  });

  it("are requested at the dot, because the editor compares the typed letters", async () => {
    const { requested, result } = await complete("x = df.he|");
    expect(requested).toMatchObject([{ line: 1, column: 7 }]);
    expect(result?.from).toBe(7);
    expect(["hea", "", "_", "a.b"].map((typed) => isValid(result, typed))).toEqual([true, true, false, false]);
  });

  it("are not offered once they are complete, so that Enter inserts a line break", async () => {
    const { result } = await complete("x = df.hea|");
    expect(isValid(result, "head")).toBe(false);
    expect((await complete("x = df.head|")).result).toBeNull();
    expect((await complete("from pandas import head|")).result).toBeNull();
    expect((await complete("x = df.head|", { explicit: true })).result?.options.map(({ label }) => label)).toEqual([
      "shape",
    ]);
  });

  it("include private ones only after an underscore", async () => {
    const { result } = await complete("x = df._|");
    expect(result?.options.map(({ label }) => label)).toEqual(["_mgr"]);
    expect(isValid(result, "_m")).toBe(true);
  });

  it("are located by column, in characters as Python counts them", async () => {
    const { requested } = await complete('x = "🌧".|');
    expect(requested[0]?.column).toBe(8);
  });

  it.each([
    ['x = "df.|"', false],
    ["# df.|", false],
    ["x = 1.|", false],
    ["x = 1_0.|", false],
    ["x = df|", true],
    ["from pandas import concat as c|", true],
    ["x = |", true],
    ["import pan|", true],
    ["from pan|", true],
    ["from pandas import |", false],
  ])("are not requested in %j", async (marked, explicit) => {
    expect((await complete(marked, { explicit })).requested).toEqual([]);
  });

  it.each([
    ["from pandas import D|", false],
    ["from pandas import |", true],
    ["from pandas import concat, |", true],
    ["import os.|", false],
    ["(df.head()\n  .|)", false],
  ])("are requested in %j", async (marked, explicit) => {
    expect((await complete(marked, { explicit })).requested).toHaveLength(1);
  });

  it("are not offered if there are none, or if the request is outdated", async () => {
    const host = new FakeHost();
    host.attributes = [];
    expect((await complete("df.|", { host })).result).toBeNull();
    const context = contextOf("df.|");
    const pending = attributeCompletion("flow.py", new FakeHost())(context);
    Object.defineProperty(context, "aborted", { value: true });
    expect(await pending).toBeNull();
  });

  it("that could not be loaded are requested again on the next dot or shortcut, not on each letter", async () => {
    const host = new FakeHost();
    host.attributes = null;
    const source = attributeCompletion("flow.py", host);
    for (const marked of ["df.|", "df.h|", "df.he|"]) expect(await source(contextOf(marked))).toBeNull();
    expect(host.requested).toHaveLength(1);
    expect(await source(contextOf("df.he|", true))).toBeNull();
    expect(host.requested).toHaveLength(2);
    host.attributes = ATTRIBUTES;
    expect(await source(contextOf("df.|"))).not.toBeNull();
    expect(await source(contextOf("df.h|"))).not.toBeNull();
  });
});

import { CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { pythonLanguage } from "@codemirror/lang-python";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { describe, expect, it, test } from "vitest";
import { keyCompletion } from "../../src/editor/key-completion.ts";
import type { CompletionView } from "../../src/protocol.ts";
import { atCaret } from "./dataflows.ts";

const PARSING_MILLISECONDS = 60_000;
const KEYS: CompletionView[] = [
  { name: "rain", type: "float64" },
  { name: "city", type: "object" },
];

function body(line: string): string {
  return `import pandas as pd\n\ndef dry(df: pd.DataFrame, n: int = 1) -> pd.Series:\n    ${line}\n\n\ndef wet() -> int:\n    return 1\n`;
}

function contextOf(marked: string): CompletionContext {
  const { text, caret } = atCaret(marked);
  const state = EditorState.create({ doc: text, extensions: [pythonLanguage] });
  ensureSyntaxTree(state, text.length, PARSING_MILLISECONDS); // a new state parses for only 20 ms
  return new CompletionContext(state.update({}).state, caret, false);
}

/** Return the nodes whose keys are requested, and the result. */
async function complete(
  marked: string,
  keys: readonly CompletionView[] = KEYS,
): Promise<{ requested: string[]; result: CompletionResult | null }> {
  const requested: string[] = [];
  const keysOf = async (node: string): Promise<readonly CompletionView[]> => {
    requested.push(node);
    return keys;
  };
  return { requested, result: await keyCompletion({ keysOf })(contextOf(marked)) };
}

describe("keys", () => {
  it("of a parameter are offered in their order, with their types, from the opening quote", async () => {
    const marked = body('return df["ra|"]');
    const { requested, result } = await complete(marked);
    expect(requested).toEqual(["df"]);
    expect(result?.from).toBe(marked.indexOf("ra|"));
    expect(result?.options).toMatchObject([
      { label: "rain", apply: "rain", detail: "float64", sortText: "0000" },
      { label: "city", apply: "city", detail: "object", sortText: "0001" },
    ]);
  });

  test.each([
    'return df["|"]',
    'return df["|',
    "return df['|']",
    "return df['|",
    'return df[["rain", "|"]]',
    'return df[["rain", "|',
    'return df.loc[:, "|"]',
    'return df.loc[:, "|',
    'return df.loc[:, ["rain", "|"]]',
    'return df.at[3, "|"]',
    'return df[df["|"] > n]',
    'df["|"] = 1',
    'return df.groupby("|")',
    'return df.groupby("|',
    'return df.groupby(["rain", "|"])["city"].sum()',
    'return df.sort_values(by="|")',
    'return df.drop(columns=["|"])',
    'return df.get("|")',
    'return [df["|"] for _ in range(n)]',
    "return f\"{df['|']}\"",
  ])("are requested in %s", async (line) => {
    expect((await complete(body(line))).requested).toEqual(["df"]);
  });

  test.each([
    'return "|"',
    'return df[""|]',
    'return df["rain"]["|"]',
    'return df.loc["|"]',
    'return df.loc[:, 1, "|"]',
    'return df.rename("|")',
    'return df.merge("|")',
    'return df.merge(other="|")',
    'return df[f"|"]',
    'return df[r"|"]',
    'return df["""|"""]',
    'return df[n, "|"]',
    'return df.iloc[:, "|"]',
    'return groupby("|")',
    'return other["|"]',
    'return df[0]  # df["|"]',
    'return [df["|"] for df in range(n)]',
    'return (lambda df: df["|"])(1)',
    'return "|".join(df)',
  ])("are not requested in %s", async (line) => {
    expect((await complete(body(line))).requested).toEqual([]);
  });

  it("are requested at the bracket, so that they are known at the quote, but nothing is offered yet", async () => {
    for (const line of ["return df[|]", "return df[|", "return df[df[|]]"]) {
      expect(await complete(body(line))).toEqual({ requested: ["df"], result: null });
    }
    for (const line of ["return n + [|]", "return other[|]", "return df[0|]", "return df.loc[|]"]) {
      expect((await complete(body(line))).requested).toEqual([]);
    }
  });

  it("of a helper's parameters are not requested, because they are not nodes", async () => {
    expect((await complete('def _rain(df):\n    return df["|"]\n')).requested).toEqual([]);
  });

  it("are not offered if none are known", async () => {
    expect((await complete(body('return df["|"]'), [])).result).toBeNull();
  });

  it("are escaped to match the quotes", async () => {
    const keys = [{ name: "5' \"\\", type: "int64" }];
    const applied = async (line: string) =>
      (await complete(body(line), keys)).result?.options.map(({ apply }) => apply);
    expect(await applied('return df["|"]')).toEqual(["5' \\\"\\\\"]);
    expect(await applied("return df['|']")).toEqual(["5\\' \"\\\\"]);
  });

  it("are filtered without a new request while the string continues", async () => {
    const { result } = await complete(body('return df["|"]'));
    const validFor = result?.validFor as RegExp;
    expect(["", "ra", "mean rain"].map((typed) => validFor.test(typed))).toEqual([true, true, true]);
    expect(validFor.test('rain"]')).toBe(false);
  });

  it("that arrive after the caret has moved away are dropped", async () => {
    const context = contextOf(body('return df["|"]'));
    const keysOf = async (): Promise<readonly CompletionView[]> => {
      Object.assign(context, { abortListeners: null }); // this is how the editor aborts a query
      return KEYS;
    };
    expect(await keyCompletion({ keysOf })(context)).toBeNull();
  });
});

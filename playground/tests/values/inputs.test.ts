import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { describe, expect, it } from "vitest";
import type { FieldView, NodeView, ProblemView } from "../../src/protocol.ts";
import { NO_VALUES } from "../../src/state/workspace.ts";
import { fieldProblem, tableFiles } from "../../src/values/field-state.ts";
import { type InputsState, inputsTemplate } from "../../src/values/inputs.ts";
import { nodeOf } from "../graph/graphs.ts";

const unheard = (): void => {};

function input(name: string, kind: FieldView["kind"] | null, view: Partial<FieldView> = {}): NodeView {
  const field = kind === null ? {} : { field: { kind, choices: [], default: null, ...view } };
  return nodeOf(name, { kind: "input", type: kind ?? "ndarray", ...field });
}

async function htmlOf(nodes: NodeView[], state: Partial<InputsState> = {}): Promise<string> {
  const edges = nodes.map(({ name }) => ({ source: name, target: "total", optional: name.startsWith("optional") }));
  const workspace: InputsState = {
    graph: { nodes: [...nodes, nodeOf("total")], edges, problems: [] },
    fieldTexts: NO_VALUES,
    outputs: null,
    problems: [],
    files: {},
    ...state,
  };
  const template = inputsTemplate(workspace, { onValue: unheard, onOutputs: unheard });
  return (await collectResult(render(template))).replaceAll(/<!--.*?-->|<\?>/gs, "");
}

function problem(name: string, message: string): ProblemView {
  const fields = [{ role: "inputs" as const, name }];
  return {
    kind: "X",
    severity: "error",
    message,
    file: null,
    line: null,
    column: null,
    node: null,
    frames: [],
    fields,
  };
}

describe("the fields of inputs", () => {
  it("match the kind of the input", async () => {
    const html = await htmlOf([input("day", "date"), input("at", "datetime"), input("rates", "literal")]);
    expect(html).toMatch(/<input\s+id="inputs-day"\s+type="date"/);
    expect(html).toMatch(/<input\s+id="inputs-at"\s+type="datetime-local"/);
    expect(html).toMatch(/<textarea\s+id="inputs-rates"/);
  });

  it("offer the data files for a table, and accept a pasted one", async () => {
    const files = { "flow.py": "", "rain.csv": "", "notes.md": "", "days.JSON": "" };
    const html = await htmlOf([input("rain", "table")], { files });
    expect([...html.matchAll(/<option value="(.*?)"/g)].map(([, value]) => value)).toEqual([
      "",
      "file:rain.csv",
      "file:days.JSON",
    ]);
    expect(html).toContain('aria-label="Paste a table for rain"');
  });

  it("keep showing a chosen file that no longer exists", async () => {
    const fieldTexts = { ...NO_VALUES, inputs: { rain: "file:gone.csv" } };
    const html = await htmlOf([input("rain", "table")], { fieldTexts });
    expect(html).toMatch(/<option value="file:gone.csv" selected/);
  });

  it("show the problem with an entered value beside the control", async () => {
    const fieldTexts = { ...NO_VALUES, inputs: { rates: "literal:[rain]" } };
    const problems = [problem("rates", "`rain` is a name.\nMore.")];
    const html = await htmlOf([input("rates", "literal")], { fieldTexts, problems });
    expect(html).toContain('aria-describedby="inputs-rates-problem"');
    expect(html).toContain('<p class="field-problem" id="inputs-rates-problem"><code>rain</code> is a name.</p>');
  });

  it("mark required values, and say what to do if a value cannot be entered", async () => {
    const html = await htmlOf([input("a", "literal"), input("optional", "literal"), input("array", null)]);
    expect(html).toMatch(/id="inputs-a"[^>]*placeholder="required"/s);
    expect(html).toMatch(/id="inputs-optional"[^>]*placeholder="default"/s);
    expect(html).toContain("cannot be entered here. Write a function <code>array</code> that returns it.");
  });
});

describe("the state of a field", () => {
  it("has no problem before a value is entered", () => {
    const problems = [problem("rates", "wrong")];
    expect(fieldProblem({ role: "inputs", name: "rates" }, null, problems)).toBeNull();
    expect(fieldProblem({ role: "inputs", name: "rates" }, "1", problems)).toBe("wrong");
    expect(fieldProblem({ role: "overrides", name: "rates" }, "1", problems)).toBeNull();
    expect(fieldProblem({ role: "inputs", name: "other" }, "1", problems)).toBeNull();
  });

  it("lists the files that are tables", () => {
    expect(tableFiles({ "a.py": "", "a.csv": "", "b.TSV": "", "c.json": "", "d.txt": "", "e.toml": "" })).toEqual([
      "a.csv",
      "b.TSV",
      "c.json",
      "d.txt",
    ]);
  });
});

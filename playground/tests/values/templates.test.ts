import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import type { TemplateResult } from "lit";
import { describe, expect, it } from "vitest";
import type {
  FieldReference,
  NodeRun,
  NodeView,
  Preview,
  ProblemView,
  RunView,
  TablePreview,
} from "../../src/protocol.ts";
import { inspectorTemplate } from "../../src/values/inspector.ts";
import { outputsTemplate } from "../../src/values/outputs.ts";
import { extentText, previewTemplate } from "../../src/values/preview.ts";
import { printsTemplate } from "../../src/values/prints.ts";
import { problemsTemplate } from "../../src/values/problems.ts";

const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
const unheard = (): void => {};

/** Return the HTML without Lit's comments. */
async function htmlOf(template: TemplateResult): Promise<string> {
  return (await collectResult(render(template))).replaceAll(/<!--.*?-->/gs, "");
}

function table(changes: Partial<TablePreview> = {}): TablePreview {
  return {
    kind: "table",
    type: "DataFrame",
    columns: [
      { name: "year", dtype: "int64" },
      { name: "rain", dtype: "float64" },
    ],
    indexes: 1,
    rows: [["2012", "3.5"]],
    shape: [1, 1],
    ...changes,
  };
}

function node(name: string): NodeView {
  return {
    name,
    kind: "function",
    type: "int",
    doc: HOSTILE,
    tags: { [HOSTILE]: HOSTILE },
    function: name,
    module: "flow",
    file: "flow.py",
    line: 1,
    end: 2,
    output: true,
  };
}

const PROBLEM: ProblemView = {
  kind: HOSTILE,
  severity: "error",
  message: HOSTILE,
  file: HOSTILE,
  line: 3,
  column: null,
  node: HOSTILE,
  frames: [{ file: HOSTILE, line: 3, function: HOSTILE, code: HOSTILE }],
};

const RUN: RunView = {
  ok: true,
  seconds: 0,
  ran: 0,
  reused: 0,
  total: 0,
  nodes: {},
  outputs: {},
  graph: { nodes: [], edges: [], problems: [] },
  problems: [],
};

const PREVIEWS: Preview[] = [
  table({
    type: HOSTILE,
    columns: [
      { name: HOSTILE, dtype: HOSTILE },
      { name: HOSTILE, dtype: "int64" },
    ],
    rows: [[HOSTILE, HOSTILE]],
  }),
  { kind: "scalar", type: HOSTILE, text: HOSTILE },
  { kind: "text", type: HOSTILE, text: HOSTILE, truncated: true },
  { kind: "tree", type: HOSTILE, text: HOSTILE, truncated: false },
  { kind: "image", type: HOSTILE, mime: "image/png", data: HOSTILE },
];

const INSPECTION = {
  node: node("total"),
  graph: { nodes: [node("total")], edges: [], problems: [] },
  run: { state: "succeeded" as const },
  latestRuns: {},
  preview: { kind: "scalar" as const, type: "int", text: "60" },
  isLoading: false,
  isStale: false,
  problems: [],
  files: {},
  onSelect: unheard,
  onJump: unheard,
  onField: unheard,
  onPosition: unheard,
  outputs: null,
  onOutputs: unheard,
  override: null,
  onValue: unheard,
  onExport: unheard,
};

describe("the inspector", () => {
  it("says why a value was recomputed", async () => {
    const again = "Whether a function changed this value in place is unknown.";
    expect(await htmlOf(inspectorTemplate({ ...INSPECTION, run: { state: "succeeded", again } }))).toContain(again);
  });

  it("shows how long a call took, and why the function was called", async () => {
    const run: NodeRun = { state: "succeeded", seconds: 0.012, bytes: 1_300_000, causes: [{ kind: "code" }] };
    const html = (await htmlOf(inspectorTemplate({ ...INSPECTION, run }))).replace(/<[^>]*>/g, "");
    expect(html).toContain("succeeded · 12 ms · 1.3 MB");
    expect(html).toContain("It ran because its code changed.");
  });

  it("shows which elements a function is called for, and how often it was called", async () => {
    const mapped = { ...INSPECTION, node: { ...INSPECTION.node, each: ["order"] } };
    const run: NodeRun = { state: "succeeded", elements: { computed: 3, total: 3 } };
    expect(await htmlOf(inspectorTemplate({ ...mapped, run }))).toContain("for each <code>order</code>: 3 times");
    expect(await htmlOf(inspectorTemplate({ ...mapped, run: undefined }))).toContain(
      "<dd>for each <code>order</code></dd>",
    );
    expect(await htmlOf(inspectorTemplate(INSPECTION))).not.toContain("<dt>called</dt>");
  });

  it("shows why a value was reused, and how long its latest call took", async () => {
    const inspection = {
      ...INSPECTION,
      graph: { ...INSPECTION.graph, edges: [{ source: "price", target: "total", optional: false }] },
      run: { state: "reused" as const },
      latestRuns: { price: { state: "succeeded" as const } },
      measured: { seconds: 0.2 },
    };
    const html = await htmlOf(inspectorTemplate(inspection));
    expect(html.replace(/<[^>]*>/g, "")).toContain("reused: price ran, but its value is unchanged");
    expect(html).toContain("Its latest call: 200 ms.");
  });

  it("shows the value below warnings, and errors instead of it", async () => {
    const problem = { ...PROBLEM, message: "Copy it first.", node: "total" };
    const warned = await htmlOf(inspectorTemplate({ ...INSPECTION, problems: [{ ...problem, severity: "warning" }] }));
    expect(warned).toContain("Copy it first.");
    expect(warned).toContain("60");
    const failed = await htmlOf(inspectorTemplate({ ...INSPECTION, problems: [problem] }));
    expect(failed).toContain("Copy it first.");
    expect(failed).not.toContain("60");
  });
});

describe("text from Python is not markup", () => {
  const everything: [string, TemplateResult][] = [
    ...PREVIEWS.map((preview): [string, TemplateResult] => [preview.kind, previewTemplate(preview)]),
    ["a problem", problemsTemplate([PROBLEM], { onJump: unheard, onField: unheard })],
    ["prints", printsTemplate({ [HOSTILE]: { state: "succeeded", prints: HOSTILE } }, null, { onSelect: unheard })],
    [
      "the inspector",
      inspectorTemplate({
        ...INSPECTION,
        node: node(HOSTILE),
        graph: { nodes: [node(HOSTILE)], edges: [{ source: HOSTILE, target: HOSTILE, optional: false }], problems: [] },
        run: { state: "succeeded", prints: HOSTILE, again: HOSTILE, causes: [{ kind: "node", name: HOSTILE }] },
        preview: { kind: "scalar", type: "str", text: HOSTILE },
        override: JSON.stringify(HOSTILE),
      }),
    ],
  ];

  it.each(everything)("%s", async (_, template) => {
    const html = await htmlOf(template);
    expect(html).not.toMatch(/<script|<img src=x|onerror="/);
    expect(html).toContain("&lt;script&gt;");
  });
});

describe("a table", () => {
  it("has its index as row headers and its dtypes under the names", async () => {
    const html = (await htmlOf(previewTemplate(table()))).replaceAll(/\s+/g, " ");
    expect(html).toContain('<th scope="row">2012</th>');
    expect(html).toMatch(/rain<span class="dtype">float64<\/span>/);
    expect(html).toContain('<td class="number">3.5</td>');
  });

  it.each([
    [{ shape: [1461, 1], rows: Array(50).fill([]) }, "1,461 rows × 1 column, the first 50 rows shown"],
    [{ shape: [1, 1], rows: [[]] }, "1 row × 1 column"],
    [{ shape: [0, 1], rows: [] }, "0 rows × 1 column"],
    [{ shape: [1, 6], rows: [[]] }, "1 row × 6 columns, the first 1 column shown"],
    [{ shape: [60, 6], rows: Array(50).fill([]) }, "60 rows × 6 columns, the first 50 rows and 1 column shown"],
  ] as [Partial<TablePreview>, string][])("states its size and the shown part: %#", (sizes, text) => {
    expect(extentText(table(sizes))).toBe(text);
  });

  const curve = { count: 1095, gaps: 0, low: "1.0e-06", high: "20.0e-06", points: [[0, 0.5], [1, 0.25], [0.75]] };

  it("of one column has a sparkline with the number of values", async () => {
    const html = await htmlOf(previewTemplate(table({ shape: [1095, 1], curve })));
    expect(html).toContain("1,095 values, 1.0e-06 to 20.0e-06</figcaption>");
    expect(html.match(/points="[^"]*"/g)).toEqual(['points="26.7,53.0 80.0,28.0 133.3,3.0 186.7,40.5 266.7,15.5"']);
  });

  it("has a sparkline with gaps, and a value between two gaps is visible", async () => {
    const points = [[0.5], [], [0.5], [0.5], [], [0.5]];
    const html = await htmlOf(previewTemplate(table({ curve: { ...curve, count: 6, gaps: 2, points } })));
    expect(html.match(/<polyline/g)).toHaveLength(3);
    expect(html).toContain("6 values, 1.0e-06 to 20.0e-06; 2 missing or infinite");
    for (const drawn of html.match(/points="[^"]*"/g) ?? []) expect(drawn).toContain(" ");
  });

  it("of equal values reports that they are equal", async () => {
    const html = await htmlOf(previewTemplate(table({ curve: { ...curve, high: curve.low, points: [[0.5], [0.5]] } })));
    expect(html).toContain("1,095 values, all 1.0e-06");
  });

  it("has no sparkline if Python sent none", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => [String(i), String(i)]);
    expect(await htmlOf(previewTemplate(table({ rows })))).not.toContain("<polyline");
  });
});

describe("the outputs", () => {
  it("say that nothing ran, or that a run computed no outputs", async () => {
    const on = { onSelect: unheard, onField: unheard };
    expect(await htmlOf(outputsTemplate(null, new Set(), on))).toContain("Nothing has run yet.");
    expect(await htmlOf(outputsTemplate(RUN, new Set(), on))).toContain("The latest run computed no outputs.");
  });

  it("include those that were not computed, and why", async () => {
    const graph = { nodes: [node("good"), node("bad"), node("after")], edges: [], problems: [] };
    const nodes: RunView["nodes"] = {
      good: { state: "succeeded" },
      bad: { state: "failed" },
      after: { state: "skipped" },
    };
    const outputs: RunView["outputs"] = { good: { kind: "scalar", type: "int", text: "42" } };
    const on = { onSelect: unheard, onField: unheard };
    const html = await htmlOf(outputsTemplate({ ...RUN, graph, nodes, outputs }, new Set(), on));
    expect([...html.matchAll(/data-output="(\w+)"/g)].map(([, name]) => name)).toEqual(["good", "bad", "after"]);
    expect(html).toContain("Failed.");
    expect(html).toContain("Skipped: an upstream node failed.");
  });

  it("name missing inputs, with links to their fields", async () => {
    const graph = { nodes: [node("total"), node("report")], edges: [], problems: [] };
    const nodes: RunView["nodes"] = {
      total: { state: "waiting", needs: ["price", HOSTILE] },
      report: { state: "skipped", needs: ["price"] },
    };
    const fields: FieldReference[] = [];
    const template = outputsTemplate({ ...RUN, graph, nodes }, new Set(), {
      onSelect: unheard,
      onField: (field) => fields.push(field),
    });
    const html = await htmlOf(template);
    expect(html).toContain("It needs the inputs price and &lt;img");
    expect(html).toContain("Skipped: needs the input price.");
    for (const click of clickListeners(template)) click();
    expect(fields.map(({ name }) => name)).toEqual(["price", HOSTILE, "price"]);
  });
});

/** Return the listeners of a template in source order. */
function clickListeners(value: unknown): (() => void)[] {
  if (typeof value === "function") return [value as () => void];
  if (Array.isArray(value)) return value.flatMap(clickListeners);
  return typeof value === "object" && value !== null && "values" in value ? clickListeners(value.values) : [];
}

describe("the problems", () => {
  it("show the first hundred, and count the rest", async () => {
    const problems = Array.from({ length: 5_000 }, () => PROBLEM);
    const text = await htmlOf(problemsTemplate(problems, { onJump: unheard, onField: unheard }));
    expect(text.match(/<li class="error"/g)).toHaveLength(100);
    expect(text).toContain("4,900 more");
  });

  it("show errors before warnings", async () => {
    const problems = [{ ...PROBLEM, severity: "warning" as const }, PROBLEM];
    const text = await htmlOf(problemsTemplate(problems, { onJump: unheard, onField: unheard }));
    expect([...text.matchAll(/<li class="(\w+)"/g)].map(([, severity]) => severity)).toEqual(["error", "warning"]);
  });

  it("count repeated traceback lines", async () => {
    const frames = [
      { file: "flow.py", line: 1, function: "a", code: "b()" },
      { file: "flow.py", line: 2, function: "b", code: "a()", repeated: 2, times: 1330 },
      { file: "flow.py", line: 3, function: "c", code: "c()", repeated: 1, times: 7 },
      { file: "flow.py", line: 4, function: "d", code: "d()", repeated: 1, times: 1 },
    ];
    const text = await htmlOf(problemsTemplate([{ ...PROBLEM, frames }], { onJump: unheard, onField: unheard }));
    expect([...text.matchAll(/<li class="repetition">(.*?)<\/li>/g)].map(([, text]) => text)).toEqual([
      "… the same 2 lines repeated 1,330 more times",
      "… the same line repeated 7 more times",
      "… the same line repeated 1 more time",
    ]);
  });

  it("link to the page about their class", async () => {
    const docsUrl = (page: string): string => `https://docs.example/errors/${page}/`;
    const on = { onJump: unheard, onField: unheard, docsUrl };
    const own: ProblemView = { ...PROBLEM, docs: "cycle-error" };
    expect(await htmlOf(problemsTemplate([own], on))).toContain('href="https://docs.example/errors/cycle-error/"');
    expect(await htmlOf(problemsTemplate([PROBLEM], on))).not.toContain("href");
  });

  it("link to their fields", () => {
    const fields: FieldReference[] = [
      { role: "inputs", name: "price" },
      { role: "config", name: "region" },
    ];
    const opened: FieldReference[] = [];
    const problem: ProblemView = { ...PROBLEM, file: null, line: null, frames: [], fields };
    for (const click of clickListeners(
      problemsTemplate([problem], { onJump: unheard, onField: (field) => opened.push(field) }),
    ))
      click();
    expect(opened).toEqual(fields);
  });

  it("link to the editor", () => {
    const frames = [{ file: "report.py", line: 7, function: "report", code: "mean(x)" }];
    const problem: ProblemView = { ...PROBLEM, file: "features.py", line: 22, frames };
    const jumps: [string, number][] = [];
    const template = problemsTemplate([problem], {
      onJump: (file, line) => jumps.push([file, line]),
      onField: unheard,
    });
    for (const click of clickListeners(template)) click();
    expect(jumps).toEqual([
      ["features.py", 22],
      ["report.py", 7],
    ]);
  });
});

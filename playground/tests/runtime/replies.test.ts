import { describe, expect, expectTypeOf, test } from "vitest";
import type { Reply } from "../../src/protocol.ts";
import { envelopeOf } from "../../src/runtime/envelope.ts";
import { readReply, type ValidatedReply } from "../../src/runtime/replies.ts";
import { MAX_RUN_PRINTS_LENGTH } from "../../src/runtime/wire.ts";
import bounds from "./bounds.json" with { type: "json" };

const RESULT: Extract<Reply, { kind: "result" }> = {
  id: 3,
  session: "a",
  kind: "result",
  result: {
    ok: false,
    seconds: 0.5,
    ran: 1,
    reused: 0,
    total: 2,
    prints: "while importing\n",
    nodes: { total: { state: "succeeded", seconds: 0.1, prints: "hi\n" }, rate: { state: "failed" } },
    outputs: { total: { kind: "scalar", type: "int", text: "6" } },
    graph: {
      nodes: [
        {
          name: "total",
          kind: "function",
          type: "int",
          doc: "",
          tags: { owner: ["a", "b"] },
          function: "total",
          module: "prices",
          file: "prices.py",
          line: 3,
          end: 4,
          output: true,
          each: ["order"],
          field: { kind: "int", choices: [], default: "14" },
        },
      ],
      edges: [{ source: "rate", target: "total", optional: false }],
      problems: [],
      config: { region: { kind: "choice", choices: ['"us"'], default: null } },
    },
    problems: [
      {
        kind: "ZeroDivisionError",
        severity: "error",
        message: "division by zero",
        file: "prices.py",
        line: 4,
        column: null,
        node: "rate",
        frames: [{ file: "prices.py", line: 4, function: "rate", code: "return 1 / 0" }],
      },
    ],
  },
};

const EXPORT: Reply = {
  id: 4,
  session: "a",
  kind: "export",
  export: { name: "shop", files: { "run.py": "" }, notes: ["One."], refusal: null },
};

const PROGRESS: Reply = {
  id: 6,
  session: "a",
  kind: "state",
  node: "total",
  state: "running",
  elements: { computed: 1, total: 2 },
};

const CHECKED: Reply = {
  id: 5,
  session: "a",
  kind: "checked",
  check: { passed: false, message: "Not yet.", criteria: [] },
};

function table(rows: number): string {
  const preview = { kind: "table", type: "list", columns: [], indexes: 0, rows: Array(rows).fill([]), shape: [rows] };
  return JSON.stringify({ id: 1, session: "a", kind: "preview", node: "x", preview });
}

/** Return the reply in a message; null if the message is invalid. */
function read(message: unknown): Reply | null {
  const envelope = envelopeOf(message);
  return envelope === null ? null : readReply(message as string, envelope);
}

type Result = (typeof RESULT)["result"];

/** Return an honest reply with some parts replaced. */
function changed(change: (result: Result) => Partial<Result>): string {
  return JSON.stringify({ ...RESULT, result: { ...RESULT.result, ...change(RESULT.result) } });
}

function many<Item>(item: Item, count: number): Item[] {
  return Array.from({ length: count }, () => item);
}

describe("replies from the sandbox", () => {
  test("the validators accept exactly the type of a reply", () => {
    expectTypeOf<ValidatedReply>().toEqualTypeOf<Reply>();
  });

  test("an honest reply is read as it was sent", () => {
    expect(read(JSON.stringify(RESULT))).toEqual(RESULT);
    expect(read(JSON.stringify(EXPORT))).toEqual(EXPORT);
    expect(read(JSON.stringify(CHECKED))).toEqual(CHECKED);
    expect(read(JSON.stringify(PROGRESS))).toEqual(PROGRESS);
  });

  test.each<[string, unknown]>([
    ["an object instead of text", RESULT],
    ["text that is not JSON", "NaN"],
    ["an unknown kind", '{"kind":"navigate","to":"https://example.org"}'],
    ["a missing field", '{"id":1,"session":"a","kind":"graph"}'],
    ["a field of the wrong type", '{"id":"1","session":"a","kind":"state","node":"x","state":"succeeded"}'],
    ["a state that does not exist", '{"id":1,"session":"a","kind":"state","node":"x","state":"hacked"}'],
    ["progress without a total", JSON.stringify({ ...PROGRESS, elements: { computed: 1 } })],
    ["a negative count", JSON.stringify({ ...PROGRESS, elements: { computed: -1, total: 2 } })],
    ["a count that JavaScript rounds", JSON.stringify({ ...PROGRESS, elements: { computed: 1, total: 2 ** 53 } })],
    ["a negative id", '{"id":-1,"session":"a","kind":"closed"}'],
    [
      "an image that is not base64",
      '{"id":1,"session":"a","kind":"preview","node":"x","preview":{"kind":"image","type":"Figure","mime":"image/png","data":"\\" onerror=alert(1)"}}',
    ],
    [
      "an image of a type that may contain scripts",
      '{"id":1,"session":"a","kind":"preview","node":"x","preview":{"kind":"image","type":"Figure","mime":"image/svg+xml","data":""}}',
    ],
    ["a table with too many rows", table(5_000)],
    [
      "a name that is too long",
      `{"id":1,"session":"a","kind":"state","node":"${"x".repeat(1_001)}","state":"succeeded"}`,
    ],
    ["a list instead of an object", JSON.stringify({ ...RESULT, result: { ...RESULT.result, nodes: [] } })],
    ["a message longer than any honest reply", `{"kind":"boot-failed","message":"${"x".repeat(32_000_000)}"}`],
  ])("%s is refused", (_, message) => {
    expect(read(message)).toBeNull();
  });

  test("nodes may have the names of inherited properties", () => {
    const nodes = '{"constructor":{"state":"succeeded"},"__proto__":{"state":"reused"},"toString":{"state":"failed"}}';
    const found = read(JSON.stringify(RESULT).replace(/"nodes":\{.*?\}\}/, `"nodes":${nodes}`));
    if (found?.kind !== "result") throw new Error("no result");
    expect(Object.entries(found.result.nodes)).toEqual([
      ["constructor", { state: "succeeded" }],
      ["__proto__", { state: "reused" }],
      ["toString", { state: "failed" }],
    ]);
    expect(Object.getPrototypeOf(found.result.nodes)).toBe(Object.prototype);
  });

  test("unknown fields are dropped", () => {
    expect(read('{"id":1,"session":"a","kind":"closed","extra":{"deep":1},"__proto__":{"polluted":true}}')).toEqual({
      kind: "closed",
      id: 1,
      session: "a",
    });
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  test("the output printed by all functions together is bounded", () => {
    const prints = "x".repeat(bounds.NodeRun.prints);
    const nodes = (count: number): Result["nodes"] =>
      Object.fromEntries(many(null, count).map((_, at) => [`n${at}`, { state: "succeeded", prints }]));
    expect(read(changed(() => ({ nodes: nodes(MAX_RUN_PRINTS_LENGTH / bounds.NodeRun.prints) })))).not.toBeNull();
    expect(read(changed(() => ({ nodes: nodes(MAX_RUN_PRINTS_LENGTH / bounds.NodeRun.prints + 1) })))).toBeNull();
  });

  test("images may be larger than all texts together", () => {
    const image = { kind: "image", type: "Figure", mime: "image/png", data: "A".repeat(5_000_000) } as const;
    const four = { a: image, b: image, c: image, d: image };
    expect(read(changed(() => ({ outputs: four })))).not.toBeNull();
    const values = many(
      { kind: "text", type: "str", text: "x".repeat(bounds.TextPreview.text), truncated: false } as const,
      161,
    );
    expect(read(changed(() => ({ outputs: Object.fromEntries(values.entries()) })))).toBeNull();
  });

  test.each([
    ["brackets", `[${"[],".repeat(1_600_000)}[]]`],
    ["names", `{${many(null, 800_000).map((_, at) => `"k${at}":1`)}}`],
    ["levels", "[".repeat(1_600_000) + "]".repeat(1_600_000)],
  ])("a message with too many %s is refused without parsing it", (_, deep) => {
    const message = JSON.stringify(RESULT).replace('"ok":false', `"ok":false,"more":${deep}`);
    const started = performance.now();
    expect(read(message)).toBeNull();
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("a duplicate key does not change which request a message replies to", () => {
    const message = '{"id":1,"session":"a","kind":"closed"}';
    expect(read(message)).not.toBeNull();
    for (const more of ['"id":2', '"session":"b"', '"kind":"stage","stage":"core","seconds":1']) {
      expect(read(message.replace(/}$/, `,${more}}`))).toBeNull();
    }
  });
});

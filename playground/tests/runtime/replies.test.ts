import { describe, expect, expectTypeOf, test } from "vitest";
import type { Reply } from "../../src/protocol.ts";
import { type ReadReply, readReply } from "../../src/runtime/replies.ts";

const RESULT: Extract<Reply, { kind: "result" }> = {
  kind: "result",
  id: 3,
  session: "a",
  result: {
    ok: false,
    seconds: 0.5,
    ran: 1,
    kept: 0,
    total: 2,
    prints: "while importing\n",
    nodes: { total: { state: "done", seconds: 0.1, prints: "hi\n" }, rate: { state: "failed" } },
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

const TAKEN: Reply = {
  kind: "taken",
  id: 4,
  session: "a",
  taken: { name: "shop", files: { "run.py": "" }, notes: ["One."], refusal: null },
};

const CHECKED: Reply = { kind: "checked", id: 5, session: "a", check: { passed: false, message: "Not yet." } };

function table(rows: number): string {
  const preview = { kind: "table", type: "list", columns: [], indexes: 0, rows: Array(rows).fill([]), shape: [rows] };
  return JSON.stringify({ kind: "preview", id: 1, session: "a", node: "x", preview });
}

describe("what the sealed side says", () => {
  test("the schema and the protocol state the same shapes", () => {
    expectTypeOf<ReadReply>().toEqualTypeOf<Reply>();
  });

  test("an honest reply is read as it was sent", () => {
    expect(readReply(JSON.stringify(RESULT))).toEqual(RESULT);
    expect(readReply(JSON.stringify(TAKEN))).toEqual(TAKEN);
    expect(readReply(JSON.stringify(CHECKED))).toEqual(CHECKED);
  });

  test.each<[string, unknown]>([
    ["an object instead of text", RESULT],
    ["text that is no JSON", "NaN"],
    ["an unknown kind", '{"kind":"navigate","to":"https://example.org"}'],
    ["a missing field", '{"kind":"graph","id":1,"session":"a"}'],
    ["a field of another type", '{"kind":"state","id":"1","session":"a","node":"x","state":"done"}'],
    ["a state that does not exist", '{"kind":"state","id":1,"session":"a","node":"x","state":"hacked"}'],
    ["a negative id", '{"kind":"closed","id":-1,"session":"a"}'],
    [
      "a picture that is not base64",
      '{"kind":"preview","id":1,"session":"a","node":"x","preview":{"kind":"image","type":"Figure","mime":"image/png","data":"\\" onerror=alert(1)"}}',
    ],
    [
      "a picture of a kind that may hold scripts",
      '{"kind":"preview","id":1,"session":"a","node":"x","preview":{"kind":"image","type":"Figure","mime":"image/svg+xml","data":""}}',
    ],
    ["a table that no page could show", table(5_000)],
    ["a name that nobody reads", `{"kind":"state","id":1,"session":"a","node":"${"x".repeat(10_001)}","state":"done"}`],
    ["a list in the place of names", JSON.stringify({ ...RESULT, result: { ...RESULT.result, nodes: [] } })],
    ["more than any honest reply", `{"kind":"boot-failed","message":"${"x".repeat(32_000_000)}"}`],
  ])("%s is no reply", (_, message) => {
    expect(readReply(message)).toBeNull();
  });

  test("nodes may be called as every object's own properties are", () => {
    const nodes = '{"constructor":{"state":"done"},"__proto__":{"state":"kept"},"toString":{"state":"failed"}}';
    const read = readReply(JSON.stringify(RESULT).replace(/"nodes":\{.*?\}\}/, `"nodes":${nodes}`));
    if (read?.kind !== "result") throw new Error("no result");
    expect(Object.entries(read.result.nodes)).toEqual([
      ["constructor", { state: "done" }],
      ["__proto__", { state: "kept" }],
      ["toString", { state: "failed" }],
    ]);
    expect(Object.getPrototypeOf(read.result.nodes)).toBe(Object.prototype);
  });

  test("fields that nobody asked for are left behind", () => {
    expect(
      readReply('{"kind":"closed","id":1,"session":"a","extra":{"deep":1},"__proto__":{"polluted":true}}'),
    ).toEqual({
      kind: "closed",
      id: 1,
      session: "a",
    });
    expect(Object.prototype).not.toHaveProperty("polluted");
  });
});

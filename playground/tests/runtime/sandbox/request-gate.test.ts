import { beforeEach, describe, expect, test } from "vitest";
import type { Request } from "../../../src/protocol.ts";
import type { Bridge } from "../../../src/runtime/sandbox/python.ts";
import { RequestGate } from "../../../src/runtime/sandbox/request-gate.ts";

/** Answers by repeating what it was asked. */
const echoing: Bridge = {
  answer(request: string): string {
    const { kind, session } = JSON.parse(request) as Request;
    return `${kind} ${session}`;
  },
  early: () => undefined,
};

const files = { "m.py": "" };
const run = (session: string): Request => ({ kind: "run", id: 1, session, files, outputs: null });
const outline = (session: string): Request => ({ kind: "outline", id: 1, session, files });

let sent: string[];
let gate: RequestGate;

beforeEach(() => {
  sent = [];
  gate = new RequestGate((reply) => sent.push(reply));
});

describe("the worker's gate", () => {
  test("answers in the order asked what came before Python was there", () => {
    gate.receive(outline("a"));
    gate.receive(run("a"));
    gate.libraryReady();
    expect(sent).toEqual([]);
    gate.connect(echoing);
    expect(sent).toEqual(["outline a", "run a"]);
  });

  test("draws before every module's file is there, and runs after", () => {
    gate.connect(echoing);
    gate.receive(run("a"));
    gate.receive(outline("a"));
    expect(sent).toEqual(["outline a"]);
    gate.libraryReady();
    expect(sent).toEqual(["outline a", "run a"]);
  });

  test.each(["preview", "compare"] as const)("lets a %s wait if showing the value needs a file", (kind) => {
    const request = { kind, id: 1, session: "a", node: "total", before: "b" } as Request;
    gate.connect(echoing);
    gate.receive(request);
    expect(sent).toEqual([]);
    gate.libraryReady();
    expect(sent).toEqual([`${kind} a`]);
  });

  test("runs at once what needs none of the files that have not come", () => {
    gate.connect({ ...echoing, early: (request) => `early ${(JSON.parse(request) as Request).session}` });
    gate.receive(run("a"));
    gate.libraryReady();
    gate.receive(run("b"));
    expect(sent).toEqual(["early a", "run b"]);
  });

  test("lets a lesson's check wait as a run does: it may import anything", () => {
    gate.connect(echoing);
    gate.receive({ kind: "check", id: 1, session: "a", source: "import json" });
    expect(sent).toEqual([]);
    gate.libraryReady();
    expect(sent).toEqual(["check a"]);
  });

  test("lets an export wait as a run does, but not a drawing, for which nothing runs", () => {
    gate.connect(echoing);
    const taking = {
      kind: "export",
      id: 1,
      files,
      outputs: null,
      node: null,
      title: "",
      link: null,
      engine: null,
    } as const;
    gate.receive({ ...taking, session: "a", export: "project" });
    gate.receive({ ...taking, session: "b", export: "mermaid" });
    expect(sent).toEqual(["export b"]);
    gate.libraryReady();
    expect(sent).toEqual(["export b", "export a"]);
  });

  test("forgets what a closed session still waited for", () => {
    gate.connect(echoing);
    gate.receive(run("a"));
    gate.receive({ kind: "close", id: 2, session: "a" });
    gate.libraryReady();
    expect(sent).toEqual(["close a"]);
  });

  test("says that Python has come to an end instead of staying silent", () => {
    const ended: Bridge = {
      early: () => undefined,
      answer: () => {
        throw new Error("memory access out of bounds");
      },
    };
    gate.connect(ended);
    gate.receive(outline("a"));
    expect(JSON.parse(sent[0] ?? "")).toEqual({
      kind: "crashed",
      id: 1,
      session: "a",
      message: "Error: memory access out of bounds",
    });
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import type { Request } from "../../../src/protocol.ts";
import { Desk } from "../../../src/runtime/sandbox/request-gate.ts";
import type { Bridge } from "../../../src/runtime/sandbox/python.ts";

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
let desk: Desk;

beforeEach(() => {
  sent = [];
  desk = new Desk((reply) => sent.push(reply));
});

describe("the worker's desk", () => {
  test("answers in the order asked what came before Python was there", () => {
    desk.ask(outline("a"));
    desk.ask(run("a"));
    desk.stocked();
    expect(sent).toEqual([]);
    desk.open(echoing);
    expect(sent).toEqual(["outline a", "run a"]);
  });

  test("draws before every module's file is there, and runs after", () => {
    desk.open(echoing);
    desk.ask(run("a"));
    desk.ask(outline("a"));
    expect(sent).toEqual(["outline a"]);
    desk.stocked();
    expect(sent).toEqual(["outline a", "run a"]);
  });

  test.each(["preview", "compare"] as const)("lets a %s wait if showing the value needs a file", (kind) => {
    const request = { kind, id: 1, session: "a", node: "total", before: "b" } as Request;
    desk.open(echoing);
    desk.ask(request);
    expect(sent).toEqual([]);
    desk.stocked();
    expect(sent).toEqual([`${kind} a`]);
  });

  test("runs at once what needs none of the files that have not come", () => {
    desk.open({ ...echoing, early: (request) => `early ${(JSON.parse(request) as Request).session}` });
    desk.ask(run("a"));
    desk.stocked();
    desk.ask(run("b"));
    expect(sent).toEqual(["early a", "run b"]);
  });

  test("lets a lesson's check wait as a run does: it may import anything", () => {
    desk.open(echoing);
    desk.ask({ kind: "check", id: 1, session: "a", source: "import json" });
    expect(sent).toEqual([]);
    desk.stocked();
    expect(sent).toEqual(["check a"]);
  });

  test("makes an export wait as a run does, but not a drawing, for which nothing runs", () => {
    desk.open(echoing);
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
    desk.ask({ ...taking, session: "a", export: "project" });
    desk.ask({ ...taking, session: "b", export: "mermaid" });
    expect(sent).toEqual(["export b"]);
    desk.stocked();
    expect(sent).toEqual(["export b", "export a"]);
  });

  test("forgets what a closed session still waited for", () => {
    desk.open(echoing);
    desk.ask(run("a"));
    desk.ask({ kind: "close", id: 2, session: "a" });
    desk.stocked();
    expect(sent).toEqual(["close a"]);
  });

  test("says that Python has come to an end instead of staying silent", () => {
    const ended: Bridge = {
      early: () => undefined,
      answer: () => {
        throw new Error("memory access out of bounds");
      },
    };
    desk.open(ended);
    desk.ask(outline("a"));
    expect(JSON.parse(sent[0] ?? "")).toEqual({
      kind: "crashed",
      id: 1,
      session: "a",
      message: "Error: memory access out of bounds",
    });
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Request } from "../../../src/protocol.ts";
import type { Bridge } from "../../../src/runtime/sandbox/python.ts";
import { RequestGate } from "../../../src/runtime/sandbox/request-gate.ts";

/** A bridge that answers with the kind and the session of the request. */
const echoing: Bridge = {
  answer(request: string): string {
    const { kind, session } = JSON.parse(request) as Request;
    return `${kind} ${session}`;
  },
  early: () => undefined,
  attempt: (request) => echoing.answer(request, () => undefined),
  registerPacks: () => undefined,
  packInstalled: () => undefined,
  collectGarbage: () => collections.push(sent.length),
};

const files = { "m.py": "" };
const run = (session: string): Request => ({ kind: "run", id: 1, session, files, outputs: null });
const outline = (session: string): Request => ({ kind: "outline", id: 1, session, files });

let sent: string[];
let libraryNeeded: number;
let packsNeeded: string[];
let gate: RequestGate;
/** For each garbage collection, the number of replies sent before it. */
let collections: number[];

afterEach(() => vi.useRealTimers());
beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  collections = [];
  libraryNeeded = 0;
  packsNeeded = [];
  gate = new RequestGate(
    (reply) => sent.push(reply),
    () => {
      libraryNeeded += 1;
    },
    (packs) => packsNeeded.push(...packs),
  );
});

describe("the request gate of the worker", () => {
  test("lets Python collect garbage after the requests, not between them", () => {
    gate.connect(echoing);
    gate.libraryReady();
    for (const session of ["a", "b", "c"]) {
      gate.receive(run(session));
      vi.advanceTimersByTime(300);
    }
    expect(collections).toEqual([]);
    vi.advanceTimersByTime(5000);
    expect(collections).toEqual([3]);
  });

  test("answers requests from before the connection in the order of their arrival", () => {
    gate.receive(outline("a"));
    gate.receive(run("a"));
    gate.libraryReady();
    expect(sent).toEqual([]);
    gate.connect(echoing);
    expect(sent).toEqual(["outline a", "run a"]);
  });

  test("answers an outline before the library is ready, but delays a run until then", () => {
    gate.connect(echoing);
    gate.receive(run("a"));
    gate.receive(outline("a"));
    expect(sent).toEqual(["outline a"]);
    gate.libraryReady();
    expect(sent).toEqual(["outline a", "run a"]);
  });

  test.each(["preview", "complete", "compare"] as const)("delays a %s that needs library files", (kind) => {
    const request = { kind, id: 1, session: "a", node: "total", before: "b" } as Request;
    gate.connect(echoing);
    gate.receive(request);
    expect(sent).toEqual([]);
    gate.libraryReady();
    expect(sent).toEqual([`${kind} a`]);
  });

  test("asks for the library when a request waits for it", () => {
    gate.receive(run("a"));
    expect(libraryNeeded).toBe(0);
    gate.connect(echoing);
    expect(libraryNeeded).toBe(1);
  });

  test("asks for the library after a run that does not need it, but not after an outline", () => {
    gate.connect({ ...echoing, early: () => "early" });
    gate.receive(outline("a"));
    expect(libraryNeeded).toBe(0);
    gate.receive(run("a"));
    expect([sent, libraryNeeded]).toEqual([["outline a", "early"], 1]);
  });

  test("answers a run at once if it needs no missing file", () => {
    gate.connect({ ...echoing, early: (request) => `early ${(JSON.parse(request) as Request).session}` });
    gate.receive(run("a"));
    gate.libraryReady();
    gate.receive(run("b"));
    expect(sent).toEqual(["early a", "run b"]);
  });

  test("delays completions, but not runs, until optional packs are installed", () => {
    const attributes: Request = { kind: "attributes", id: 1, session: "a", file: "m.py", text: "", line: 1, column: 0 };
    gate.connect(echoing);
    gate.libraryReady();
    gate.optionalPacksExpected();
    gate.receive(attributes);
    gate.receive(run("a"));
    expect(sent).toEqual(["run a"]);
    gate.optionalPacksSettled();
    expect(sent).toEqual(["run a", "attributes a"]);
  });

  test("delays a lesson's check, which may import anything", () => {
    gate.connect(echoing);
    gate.receive({ kind: "check", id: 1, session: "a", source: "import json" });
    expect(sent).toEqual([]);
    gate.libraryReady();
    expect(sent).toEqual(["check a"]);
  });

  test("delays an export, except a drawing, which runs nothing", () => {
    gate.connect(echoing);
    const request = {
      kind: "export",
      id: 1,
      files,
      outputs: null,
      node: null,
      title: "",
      link: null,
      engine: null,
    } as const;
    gate.receive({ ...request, session: "a", export: "project" });
    gate.receive({ ...request, session: "b", export: "mermaid" });
    expect(sent).toEqual(["export b"]);
    gate.libraryReady();
    expect(sent).toEqual(["export b", "export a"]);
  });

  test("drops the waiting requests of a closed session", () => {
    gate.connect(echoing);
    gate.receive(run("a"));
    gate.receive({ kind: "close", id: 2, session: "a" });
    gate.libraryReady();
    expect(sent).toEqual(["close a"]);
  });

  test("delays a run, but not an outline, until the packs that the run may import are installed", () => {
    gate.connect(echoing);
    gate.libraryReady();
    gate.packsExpected();
    gate.receive(run("a"));
    gate.receive(outline("a"));
    expect(sent).toEqual(["outline a"]);
    gate.packsReady();
    expect(sent).toEqual(["outline a", "run a"]);
  });

  test("asks for the library only after answering a run that waited only for packs", () => {
    gate.connect({ ...echoing, early: echoing.answer });
    gate.packsExpected();
    gate.receive(run("a"));
    expect([sent, libraryNeeded]).toEqual([[], 0]);
    gate.packsReady();
    expect([sent, libraryNeeded]).toEqual([["run a"], 1]);
  });

  test("retries a request that was aborted by the import of a pack", () => {
    let isInstalled = false;
    gate.connect({
      ...echoing,
      attempt: (request, send, need) => {
        if (isInstalled) return echoing.answer(request, send);
        need("scipy.zip");
        return undefined;
      },
    });
    gate.libraryReady();
    gate.receive(run("a"));
    expect([sent, packsNeeded]).toEqual([[], ["scipy.zip"]]);
    isInstalled = true;
    gate.packsReady();
    expect(sent).toEqual(["run a"]);
  });

  test("drops the runs that wait for packs that cannot be loaded", () => {
    gate.connect(echoing);
    gate.libraryReady();
    gate.packsExpected();
    gate.receive(run("a"));
    gate.packsFailed();
    gate.receive(run("b"));
    expect(sent).toEqual(["run b"]);
  });

  test("reports a crash of Python", () => {
    const crashing: Bridge = {
      ...echoing,
      early: () => undefined,
      answer: () => {
        throw new Error("memory access out of bounds");
      },
    };
    gate.connect(crashing);
    gate.receive(outline("a"));
    expect(JSON.parse(sent[0] ?? "")).toEqual({
      kind: "crashed",
      id: 1,
      session: "a",
      message: "Error: memory access out of bounds",
    });
  });
});

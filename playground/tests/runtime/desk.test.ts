import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Files, Request } from "../../src/protocol.ts";
import { Desk } from "../../src/runtime/sealed/desk.ts";
import type { Bridge } from "../../src/runtime/sealed/python.ts";

/** Answers by repeating what it was asked; a file's text names the modules that it imports. */
class EchoingBridge implements Bridge {
  readonly warmed: string[] = [];

  answer(request: string): string {
    const { kind, session } = JSON.parse(request) as Request;
    return `${kind} ${session}`;
  }

  importedBy(request: string): string {
    const { files } = JSON.parse(request) as { files: Files };
    return JSON.stringify(Object.values(files).flatMap((text) => text.split(" ")));
  }

  warm(module: string): void {
    this.warmed.push(module);
  }
}

const run = (session: string, imports: string): Request => ({
  kind: "run",
  id: 1,
  session,
  files: { "m.py": imports },
  outputs: null,
});
const outline = (session: string, imports: string): Request => ({
  kind: "outline",
  id: 1,
  session,
  files: { "m.py": imports },
});

let sent: string[];
let desk: Desk;
let bridge: EchoingBridge;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  bridge = new EchoingBridge();
  desk = new Desk((reply) => sent.push(reply));
  desk.expect(["numpy", "pandas"]);
});

afterEach(() => vi.useRealTimers());

function openStocked(): void {
  desk.open(bridge);
  desk.stocked();
}

describe("the worker's desk", () => {
  test("answers in the order asked what came before Python was there", () => {
    desk.ask(outline("a", ""));
    desk.ask(run("a", "json"));
    expect(sent).toEqual([]);
    openStocked();
    expect(sent).toEqual(["outline a", "run a"]);
  });

  test("draws before the standard library is there, and runs after", () => {
    desk.open(bridge);
    desk.ask(run("a", ""));
    desk.ask(outline("a", ""));
    expect(sent).toEqual(["outline a"]);
    desk.stocked();
    expect(sent).toEqual(["outline a", "run a"]);
  });

  test("lets a run wait for the packages that its code imports, and nothing else", () => {
    openStocked();
    desk.ask(run("a", "pandas"));
    desk.ask(outline("a", "pandas"));
    desk.ask(run("b", "json"));
    expect(sent).toEqual(["outline a", "run b"]);
    desk.arrived(["numpy"]);
    expect(sent).toEqual(["outline a", "run b"]);
    desk.arrived(["pandas"]);
    expect(sent).toEqual(["outline a", "run b", "run a"]);
  });

  test("lets what is taken home wait as a run does, but not a drawing, for which nothing runs", () => {
    openStocked();
    const { files } = run("", "pandas") as { files: Files };
    const taking = {
      kind: "take",
      id: 1,
      files,
      outputs: null,
      node: null,
      title: "",
      link: null,
      engine: null,
    } as const;
    desk.ask({ ...taking, session: "a", what: "project" });
    desk.ask({ ...taking, session: "b", what: "mermaid" });
    expect(sent).toEqual(["take b"]);
    desk.arrived(["pandas"]);
    expect(sent).toEqual(["take b", "take a"]);
  });

  test("forgets what a closed session still waited for", () => {
    openStocked();
    desk.ask(run("a", "pandas"));
    desk.ask({ kind: "close", id: 2, session: "a" });
    desk.arrived(["numpy", "pandas"]);
    expect(sent).toEqual(["close a"]);
  });

  test("imports ahead, while nobody asks for anything, what the newest code will need", () => {
    openStocked();
    desk.ask(outline("a", "pandas json"));
    desk.arrived(["numpy"]);
    vi.runAllTimers();
    expect(bridge.warmed).toEqual([]);
    desk.arrived(["pandas"]);
    vi.runAllTimers();
    expect(bridge.warmed).toEqual(["pandas"]);
  });

  test("runs code of which Python cannot even say what it imports: the run says what is wrong", () => {
    bridge.importedBy = () => {
      throw new Error("PythonError: somebody took json away");
    };
    openStocked();
    desk.ask(run("a", "pandas"));
    vi.runAllTimers();
    expect(sent).toEqual(["run a"]);
  });

  test("says that Python has come to an end instead of staying silent", () => {
    bridge.answer = () => {
      throw new RangeError("memory access out of bounds");
    };
    openStocked();
    desk.ask(run("a", ""));
    expect(JSON.parse(sent[0] ?? "")).toEqual({
      kind: "crashed",
      id: 1,
      session: "a",
      message: "RangeError: memory access out of bounds",
    });
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BootFailed, Crashed } from "../../src/runtime/failures.ts";
import type { FrameEvents } from "../../src/runtime/frame.ts";
import { type ProcessEvents, PythonProcess } from "../../src/runtime/python-process.ts";
import type { RuntimeFiles } from "../../src/runtime/runtime-files.ts";

/** The sandbox of the latest life: tests speak in its place. */
let sandbox: FrameEvents;

vi.mock("../../src/runtime/frame.ts", () => ({
  SandboxedFrame: class {
    constructor(events: FrameEvents) {
      sandbox = events;
    }

    send(): void {}

    deliver(): void {}

    close(): void {}
  },
}));

class RecordedEvents implements ProcessEvents {
  readonly calls: string[] = [];
  exit: Error | null = null;
  isExpected = true;

  booting(stage: string): void {
    this.calls.push(stage);
  }

  ready(): void {
    this.calls.push("ready");
  }

  complete(): void {
    this.calls.push("complete");
  }

  expects(): boolean {
    return this.isExpected;
  }

  received(reply: { kind: string }): void {
    this.calls.push(`reply ${reply.kind}`);
  }

  exited(reason: Error): void {
    this.exit = reason;
  }
}

const stageReached = (stage: string): string => JSON.stringify({ kind: "stage", stage, seconds: 1 });

function started(): RecordedEvents {
  const events = new RecordedEvents();
  new PythonProcess(new URL("https://flows.example/manifest.json"), {} as RuntimeFiles, events);
  events.calls.length = 0;
  return events;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a life of Python", () => {
  test("each stage is reached once, whatever is announced", () => {
    const events = started();
    for (const stage of ["core", "core", "fetch", "ready", "core", "ready", "complete", "ready", "complete"]) {
      sandbox.onMessage(stageReached(stage));
    }
    expect(events.calls).toEqual(["core", "ready", "complete"]);
    expect(events.exit).toBeNull();
  });

  test("a reply that nobody expects is dropped unread, whatever is in it", () => {
    const events = started();
    events.isExpected = false;
    sandbox.onMessage(`{"id":1,"session":"a","kind":"graph","graph":${"[".repeat(100_000)}`);
    expect(events.calls).toEqual([]);
    expect(events.exit).toBeNull();
  });

  test.each<[string, unknown]>([
    ["an awaited reply of another shape", '{"id":1,"session":"a","kind":"graph","graph":{}}'],
    ["something else than a text", { id: 1, session: "a", kind: "closed" }],
    ["a text that is no reply", "hello"],
  ])("%s ends it", (_, message) => {
    const events = started();
    sandbox.onMessage(message);
    expect(events.exit).toEqual(
      new Crashed("Python said something that this page does not understand, and was started again."),
    );
  });

  test.each<[string, (count: number) => unknown]>([
    ["stages that were reached", () => stageReached("core")],
    ["failures of the start", () => '{"kind":"boot-failed","message":"owned"}'],
    [
      "states that nobody expects",
      (count) => `{"id":1,"session":"a","kind":"state","node":"n${count}","state":"succeeded"}`,
    ],
  ])("a flood of %s ends it, though it stays below the rate of what is awaited", (_, message) => {
    const events = started();
    events.isExpected = false;
    for (const stage of ["core", "ready", "complete"]) sandbox.onMessage(stageReached(stage));
    for (let count = 0; count < 20_002; count++) sandbox.onMessage(message(count));
    expect(events.exit).toEqual(new Crashed("Python said more than this page can take in, and was started again."));
    expect(events.calls).toEqual(["core", "ready", "complete"]);
  });

  test("large replies that nobody expects end it", () => {
    const events = started();
    events.isExpected = false;
    const large = `{"id":1,"session":"a","kind":"graph","graph":"${"x".repeat(15_000_000)}"}`;
    for (let count = 0; count < 2; count++) sandbox.onMessage(large);
    expect(events.exit).toBeNull();
    sandbox.onMessage(large);
    expect(events.exit).toBeInstanceOf(Crashed);
  });

  test("a flood of errors beside the replies ends it", () => {
    const events = started();
    sandbox.onMessage(stageReached("core"));
    sandbox.onMessage(stageReached("ready"));
    for (let count = 0; count < 500; count++) sandbox.onError("owned");
    expect(events.exit).toBeNull();
    sandbox.onError("owned");
    expect(events.exit).toEqual(new Crashed("Python said more than this page can take in, and was started again."));
  });

  test("another document in the frame ends it, and nothing starts it again by itself", () => {
    const events = started();
    sandbox.onNavigated();
    expect(events.exit).toBeInstanceOf(BootFailed);
    expect(events.exit?.message).toBe("Another page replaced the frame in which Python runs.");
  });
});

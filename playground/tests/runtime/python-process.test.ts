import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BootFailed, Crashed } from "../../src/runtime/failures.ts";
import type { FrameEvents } from "../../src/runtime/frame.ts";
import { Life, type Witness } from "../../src/runtime/python-process.ts";
import type { Supply } from "../../src/runtime/runtime-files.ts";

/** The sandbox of the latest life: tests speak in its place. */
let sandbox: FrameEvents;

vi.mock("../../src/runtime/frame.ts", () => ({
  SealedFrame: class {
    constructor(events: FrameEvents) {
      sandbox = events;
    }

    send(): void {}

    deliver(): void {}

    close(): void {}
  },
}));

class Heard implements Witness {
  readonly calls: string[] = [];
  died_: Error | null = null;
  awaited = true;

  booting(stage: string): void {
    this.calls.push(stage);
  }

  ready(): void {
    this.calls.push("ready");
  }

  complete(): void {
    this.calls.push("complete");
  }

  awaits(): boolean {
    return this.awaited;
  }

  heard(reply: { kind: string }): void {
    this.calls.push(`reply ${reply.kind}`);
  }

  died(reason: Error): void {
    this.died_ = reason;
  }
}

const STAGE = (stage: string): string => JSON.stringify({ kind: "stage", stage, seconds: 1 });

function begun(): Heard {
  const heard = new Heard();
  new Life(new URL("https://flows.example/manifest.json"), {} as Supply, heard);
  heard.calls.length = 0;
  return heard;
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
    const heard = begun();
    for (const stage of ["core", "core", "fetch", "ready", "core", "ready", "complete", "ready", "complete"]) {
      sandbox.onMessage(STAGE(stage));
    }
    expect(heard.calls).toEqual(["core", "ready", "complete"]);
    expect(heard.died_).toBeNull();
  });

  test("a reply that nobody awaits is dropped unread, whatever is in it", () => {
    const heard = begun();
    heard.awaited = false;
    sandbox.onMessage(`{"id":1,"session":"a","kind":"graph","graph":${"[".repeat(100_000)}`);
    expect(heard.calls).toEqual([]);
    expect(heard.died_).toBeNull();
  });

  test.each<[string, unknown]>([
    ["an awaited reply of another shape", '{"id":1,"session":"a","kind":"graph","graph":{}}'],
    ["something else than a text", { id: 1, session: "a", kind: "closed" }],
    ["a text that is no reply", "hello"],
  ])("%s ends it", (_, message) => {
    const heard = begun();
    sandbox.onMessage(message);
    expect(heard.died_).toEqual(
      new Crashed("Python said something that this page does not understand, and was started again."),
    );
  });

  test.each<[string, (count: number) => unknown]>([
    ["stages that were reached", () => STAGE("core")],
    ["failures of the start", () => '{"kind":"boot-failed","message":"owned"}'],
    [
      "states that nobody awaits",
      (count) => `{"id":1,"session":"a","kind":"state","node":"n${count}","state":"succeeded"}`,
    ],
  ])("a flood of %s ends it, though it stays below the rate of what is awaited", (_, message) => {
    const heard = begun();
    heard.awaited = false;
    for (const stage of ["core", "ready", "complete"]) sandbox.onMessage(STAGE(stage));
    for (let count = 0; count < 20_002; count++) sandbox.onMessage(message(count));
    expect(heard.died_).toEqual(new Crashed("Python said more than this page can take in, and was started again."));
    expect(heard.calls).toEqual(["core", "ready", "complete"]);
  });

  test("large replies that nobody awaits end it", () => {
    const heard = begun();
    heard.awaited = false;
    const large = `{"id":1,"session":"a","kind":"graph","graph":"${"x".repeat(15_000_000)}"}`;
    for (let count = 0; count < 2; count++) sandbox.onMessage(large);
    expect(heard.died_).toBeNull();
    sandbox.onMessage(large);
    expect(heard.died_).toBeInstanceOf(Crashed);
  });

  test("a flood of errors beside the replies ends it", () => {
    const heard = begun();
    sandbox.onMessage(STAGE("core"));
    sandbox.onMessage(STAGE("ready"));
    for (let count = 0; count < 500; count++) sandbox.onError("owned");
    expect(heard.died_).toBeNull();
    sandbox.onError("owned");
    expect(heard.died_).toEqual(new Crashed("Python said more than this page can take in, and was started again."));
  });

  test("another document in the frame ends it, and nothing starts it again by itself", () => {
    const heard = begun();
    sandbox.onNavigated();
    expect(heard.died_).toBeInstanceOf(BootFailed);
    expect(heard.died_?.message).toBe("Another page replaced the frame in which Python runs.");
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Deferred } from "../../src/runtime/deferred.ts";
import { BootFailed, Crashed } from "../../src/runtime/failures.ts";
import type { FrameEvents } from "../../src/runtime/frame.ts";
import type { FileStage, RuntimeFile } from "../../src/runtime/manifest.ts";
import type { PackProgress } from "../../src/runtime/pack-loader.ts";
import { type ProcessEvents, PythonProcess } from "../../src/runtime/python-process.ts";
import type { RuntimeFiles } from "../../src/runtime/runtime-files.ts";
import type { WorkerMessage } from "../../src/runtime/sandbox/messages.ts";

/** The event handlers of the latest process, which tests call as a sandbox would. */
let sandbox: FrameEvents;
/** The messages to the sandbox of the latest process. */
let sent: WorkerMessage[];

vi.mock("../../src/runtime/python-frame.ts", () => ({
  PythonFrame: class {
    constructor(events: FrameEvents) {
      sandbox = events;
      sent = [];
    }

    send(message: WorkerMessage): void {
      sent.push(message);
    }

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

  loadingPacks(progress: PackProgress | null): void {
    this.calls.push(progress === null ? "packs loaded" : `packs ${progress.done}/${progress.of}`);
  }

  packsFailed(reason: Error): void {
    this.calls.push(reason.message);
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

describe("a Python process", () => {
  test("enters each stage once, whatever is announced", () => {
    const events = started();
    const announced = [
      "core",
      "core",
      "fetch",
      "ready",
      "core",
      "ready",
      "library",
      "ready",
      "complete",
      "library",
      "complete",
    ];
    for (const stage of announced) {
      sandbox.onMessage(stageReached(stage));
    }
    expect(events.calls).toEqual(["core", "ready", "complete"]);
    expect(events.exit).toBeNull();
  });

  test("drops an unexpected reply without parsing it", () => {
    const events = started();
    events.isExpected = false;
    sandbox.onMessage(`{"id":1,"session":"a","kind":"graph","graph":${"[".repeat(100_000)}`);
    expect(events.calls).toEqual([]);
    expect(events.exit).toBeNull();
  });

  test.each<[string, unknown]>([
    ["an expected reply of another shape", '{"id":1,"session":"a","kind":"graph","graph":{}}'],
    ["an object instead of text", { id: 1, session: "a", kind: "closed" }],
    ["text that is not a reply", "hello"],
  ])("is ended by %s", (_, message) => {
    const events = started();
    sandbox.onMessage(message);
    expect(events.exit).toEqual(new Crashed("Python sent an invalid message and was restarted."));
  });

  test.each<[string, (count: number) => unknown]>([
    ["past stages", () => stageReached("core")],
    ["boot failures", () => '{"kind":"boot-failed","message":"owned"}'],
    ["imports of packs", () => '{"kind":"packs","packs":["owned"]}'],
    ["unexpected states", (count) => `{"id":1,"session":"a","kind":"state","node":"n${count}","state":"succeeded"}`],
  ])("is ended by a flood of %s, though it stays below the limits for all messages", (_, message) => {
    const events = started();
    events.isExpected = false;
    for (const stage of ["core", "ready", "complete"]) sandbox.onMessage(stageReached(stage));
    for (let count = 0; count < 20_102; count++) sandbox.onMessage(message(count));
    expect(events.exit).toEqual(new Crashed("Python sent too many messages and was restarted."));
    expect(events.calls).toEqual(["core", "ready", "complete"]);
  });

  test("is ended by large unexpected replies", () => {
    const events = started();
    events.isExpected = false;
    const large = `{"id":1,"session":"a","kind":"graph","graph":"${"x".repeat(15_000_000)}"}`;
    for (let count = 0; count < 2; count++) sandbox.onMessage(large);
    expect(events.exit).toBeNull();
    sandbox.onMessage(large);
    expect(events.exit).toBeInstanceOf(Crashed);
  });

  test("is ended by a flood of uncaught errors", () => {
    const events = started();
    sandbox.onMessage(stageReached("core"));
    sandbox.onMessage(stageReached("ready"));
    for (let count = 0; count < 500; count++) sandbox.onError("owned");
    expect(events.exit).toBeNull();
    sandbox.onError("owned");
    expect(events.exit).toEqual(new Crashed("Python sent too many messages and was restarted."));
  });

  test("is ended by another document in the frame, and is not restarted", () => {
    const events = started();
    sandbox.onNavigated();
    expect(events.exit).toBeInstanceOf(BootFailed);
    expect(events.exit?.message).toBe("Another page was loaded into the frame that runs Python.");
  });
});

describe("the files of a Python process", () => {
  const file = (name: string, stage: FileStage): RuntimeFile => ({
    name,
    stage,
    url: `${name}.zst`,
    sha256: "0".repeat(64),
    bytes: 100,
    transfer: 10,
    imports: [],
  });
  const files: RuntimeFile[] = [
    file("a.wasm", "core"),
    file("b.zip", "core"),
    file("c.bin", "memory"),
    file("d.zip", "library"),
    { ...file("scipy.zip", "pack"), imports: ["scipy"], distribution: { name: "scipy", version: "1" } },
    {
      ...file("sklearn.zip", "pack"),
      imports: ["sklearn"],
      distribution: { name: "scikit-learn", version: "1" },
      requires: ["scipy.zip"],
    },
    { ...file("preload.json", "preload"), imports: ["sklearn"], requires: ["sklearn.zip"] },
    { ...file("preload.bin", "preload"), imports: ["sklearn"], requires: ["sklearn.zip"] },
  ];
  const EVERY_PRELOAD = ["preload.json", "preload.bin", "sklearn.zip", "scipy.zip"];

  /** Runtime files that arrive and are verified when the test says so. */
  class FakeFiles {
    readonly requested: string[] = [];
    /** The names of the files on the device. */
    available: readonly string[] = [];
    readonly #arrive = new Map<string, (bytes: number) => void>();
    readonly #verified = new Map<string, Deferred<Blob>>();

    load({ name }: RuntimeFile, _: AbortSignal, onBytes: (bytes: number) => void): Promise<Blob> {
      const verified = new Deferred<Blob>();
      this.requested.push(name);
      this.#arrive.set(name, onBytes);
      this.#verified.set(name, verified);
      return verified.promise;
    }

    arrive(name: string, bytes = 10): Promise<void> {
      this.#arrive.get(name)?.(bytes);
      return settled();
    }

    verify(name: string): Promise<void> {
      this.#verified.get(name)?.resolve(new Blob());
      return settled();
    }

    reject(name: string): Promise<void> {
      this.#verified.get(name)?.reject(new BootFailed(`${name} is damaged.`));
      return settled();
    }

    async isAvailable({ name }: RuntimeFile): Promise<boolean> {
      return this.available.includes(name);
    }

    async isIntact(): Promise<boolean> {
      return true;
    }

    async removeStale(): Promise<void> {}
  }

  const settled = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(0);
  };

  interface Loading {
    fake: FakeFiles;
    events: RecordedEvents;
    process: PythonProcess;
  }

  async function loading(available: readonly string[] = []): Promise<Loading> {
    vi.stubGlobal("fetch", async () =>
      Response.json({ version: 1, pyodide: "0.27.7", index: "https://index.example/simple", files }),
    );
    const fake = new FakeFiles();
    fake.available = available;
    const events = new RecordedEvents();
    const url = new URL("https://flows.example/manifest.json");
    const process = new PythonProcess(url, fake as unknown as RuntimeFiles, events);
    await vi.waitFor(() => expect(fake.requested).not.toEqual([]));
    return { fake, events, process };
  }

  test("are requested once the earlier ones arrive, before those are verified; library files only once Python needs them", async () => {
    const { fake } = await loading();
    expect(fake.requested).toEqual(["a.wasm", "b.zip"]);
    await fake.arrive("a.wasm");
    await fake.arrive("b.zip", 9);
    expect(fake.requested).toHaveLength(2);
    await fake.arrive("b.zip", 1);
    expect(fake.requested).toEqual(["a.wasm", "b.zip", "c.bin"]);
    await fake.arrive("c.bin");
    expect(fake.requested).toEqual(["a.wasm", "b.zip", "c.bin"]);
    sandbox.onMessage(stageReached("library"));
    await settled();
    expect(fake.requested).toEqual(["a.wasm", "b.zip", "c.bin", "d.zip"]);
  });

  test("of the library are requested before Python is ready, if it needs them to start", async () => {
    const { fake, events } = await loading();
    for (const name of ["a.wasm", "b.zip", "c.bin"]) await fake.arrive(name);
    sandbox.onMessage(stageReached("core"));
    sandbox.onMessage(stageReached("library"));
    await settled();
    expect(fake.requested).toContain("d.zip");
    sandbox.onMessage(stageReached("ready"));
    expect(events.calls).toContain("ready");
  });

  test("are requested after the earlier ones are verified, if those have fewer bytes than expected", async () => {
    const { fake } = await loading();
    for (const name of ["a.wasm", "b.zip"]) await fake.arrive(name, 5);
    expect(fake.requested).toHaveLength(2);
    for (const name of ["a.wasm", "b.zip"]) await fake.verify(name);
    expect(fake.requested).toContain("c.bin");
  });

  test("of packs are loaded after those that Python needs to start, and their progress is reported", async () => {
    const { fake, events, process } = await loading();
    process.loadModules(["sklearn", "json"]);
    expect(sent).toContainEqual({ kind: "packs", names: ["sklearn.zip", "scipy.zip"] });
    for (const name of ["a.wasm", "b.zip", "c.bin"]) await fake.arrive(name);
    expect(fake.requested.slice(3)).toEqual(["sklearn.zip", "scipy.zip"]);
    await fake.arrive("scipy.zip");
    await fake.arrive("sklearn.zip");
    for (const name of ["sklearn.zip", "scipy.zip"]) await fake.verify(name);
    expect(events.calls.slice(-4)).toEqual(["packs 0/20", "packs 10/20", "packs 20/20", "packs loaded"]);
  });

  test("of a preload are loaded with its packs if all are on the device and the code imports the preload's modules", async () => {
    const { fake, process } = await loading(EVERY_PRELOAD);
    process.expectModules(new Set(["sklearn"]));
    await settled();
    expect(sent.slice(1)).toEqual([
      { kind: "preload", packs: ["sklearn.zip", "scipy.zip"], files: ["preload.json", "preload.bin"] },
      { kind: "packs", names: ["sklearn.zip", "scipy.zip"] },
    ]);
    expect(fake.requested.slice(2)).toEqual(["preload.json", "preload.bin", "sklearn.zip", "scipy.zip"]);
  });

  test.each([
    ["one of them is not on the device", EVERY_PRELOAD.slice(1), ["sklearn"]],
    ["a pack is not on the device", EVERY_PRELOAD.slice(0, -1), ["sklearn"]],
    ["the code does not import the preload's modules", EVERY_PRELOAD, ["scipy"]],
  ])("of a preload are not loaded if %s", async (_, available, modules) => {
    const { fake, process } = await loading(available);
    process.expectModules(new Set(modules));
    await settled();
    expect(sent.slice(1)).toEqual([{ kind: "preload", packs: [], files: [] }]);
    expect(fake.requested).toEqual(["a.wasm", "b.zip"]);
  });

  test("of a preload are not awaited for long if the code is unknown", async () => {
    await loading(EVERY_PRELOAD);
    expect(sent.slice(1)).toEqual([]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent.slice(1)).toEqual([{ kind: "preload", packs: [], files: [] }]);
  });

  test("of a preload are stored for the next start a few seconds after its packs are used", async () => {
    const { fake, process } = await loading();
    for (const name of ["a.wasm", "b.zip", "c.bin"]) await fake.arrive(name);
    process.loadModules(["sklearn"]);
    await settled();
    for (const name of ["sklearn.zip", "scipy.zip"]) await fake.verify(name);
    expect(fake.requested.slice(3)).toEqual(["sklearn.zip", "scipy.zip"]);
    await vi.advanceTimersByTimeAsync(5_000);
    await fake.verify("preload.json");
    await fake.verify("preload.bin");
    expect(fake.requested.slice(5)).toEqual(["preload.json", "preload.bin"]);
  });

  test("of a preload are not stored in a browser that cannot use memory snapshots", async () => {
    const { fake, process } = await loading();
    for (const name of ["a.wasm", "b.zip", "c.bin"]) await fake.arrive(name);
    for (const stage of ["core", "library", "ready"] as const) sandbox.onMessage(stageReached(stage));
    process.loadModules(["sklearn"]);
    await settled();
    for (const name of ["sklearn.zip", "scipy.zip"]) await fake.verify(name);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(fake.requested).not.toContain("preload.json");
  });

  test("of a preload are not stored after another pack was used", async () => {
    const { fake, process } = await loading();
    for (const name of ["a.wasm", "b.zip", "c.bin"]) await fake.arrive(name);
    process.loadModules(["scipy"]);
    await settled();
    await fake.verify("scipy.zip");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(fake.requested.slice(3)).toEqual(["scipy.zip"]);
  });

  test("of packs are loaded when code imports them, each once", async () => {
    const { fake } = await loading();
    for (const name of ["a.wasm", "b.zip", "c.bin"]) await fake.arrive(name);
    for (let count = 0; count < 3; count++) sandbox.onMessage('{"kind":"packs","packs":["scipy.zip","a.wasm","x"]}');
    await settled();
    expect(fake.requested.slice(3)).toEqual(["scipy.zip"]);
  });

  test("of a pack can be damaged without ending the process, and are requested again", async () => {
    const { fake, events, process } = await loading();
    for (const name of ["a.wasm", "b.zip", "c.bin"]) await fake.arrive(name);
    process.loadModules(["scipy"]);
    await settled();
    await fake.reject("scipy.zip");
    expect(events.calls.at(-1)).toBe("scipy.zip is damaged.");
    expect(events.exit).toBeNull();
    expect(sent.at(-1)).toEqual({ kind: "packs-failed" });
    process.loadModules(["scipy"]);
    await settled();
    expect(fake.requested.slice(3)).toEqual(["scipy.zip", "scipy.zip"]);
  });

  test("of optional packs are loaded without progress reports, and a failure drops no requests", async () => {
    const { fake, events, process } = await loading();
    for (const name of ["a.wasm", "b.zip", "c.bin"]) await fake.arrive(name);
    const calls = events.calls.length;
    const first = process.loadOptional(["sklearn"]);
    const second = process.loadOptional(["sklearn"]);
    expect(sent.filter(({ kind }) => kind === "optional-packs")).toEqual([
      { kind: "optional-packs", names: ["sklearn.zip", "scipy.zip"] },
    ]);
    await settled();
    expect(fake.requested.slice(3)).toEqual(["sklearn.zip", "scipy.zip"]);
    const failures = [first, second].map((load) => expect(load).rejects.toThrow("scipy.zip is damaged."));
    await fake.reject("scipy.zip");
    await Promise.all(failures);
    const third = process.loadOptional(["sklearn"]);
    await settled();
    expect(fake.requested.slice(5)).toEqual(["scipy.zip"]);
    for (const name of ["sklearn.zip", "scipy.zip"]) await fake.verify(name);
    await third;
    expect(events.calls.slice(calls)).toEqual([]);
    expect(sent.map(({ kind }) => kind)).not.toContain("packs-failed");
    expect(events.exit).toBeNull();
  });

  test("of an optional pack are fetched once if code imports it while it is loading", async () => {
    const { fake, process } = await loading();
    for (const name of ["a.wasm", "b.zip", "c.bin"]) await fake.arrive(name);
    const optional = process.loadOptional(["scipy"]);
    await settled();
    process.loadModules(["scipy"]);
    await settled();
    expect(sent.at(-1)).toEqual({ kind: "packs", names: ["scipy.zip"] });
    expect(fake.requested.slice(3)).toEqual(["scipy.zip"]);
    await fake.verify("scipy.zip");
    await optional;
  });

  test("end the process as soon as one proves damaged, even while the next one is arriving", async () => {
    const { fake, events } = await loading();
    for (const name of ["a.wasm", "b.zip"]) await fake.arrive(name);
    await fake.reject("b.zip");
    expect(events.exit).toEqual(new BootFailed("b.zip is damaged."));
  });
});

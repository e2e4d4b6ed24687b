/** Whatever is done in whatever order: what is shown is what the code on the page comes to, or is marked as stale. */

import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Conductor } from "../../src/conducting/conductor.ts";
import { summaryOf } from "../../src/element/summary.ts";
import type { Preview } from "../../src/protocol.ts";
import type { WorkspaceEvent } from "../../src/state/events.ts";
import { Store } from "../../src/state/store.ts";
import { emptyWorkspace, isEdited } from "../../src/state/workspace.ts";
import { SmallPython, valuesOf } from "./small-python.ts";

const SEQUENCES = Number(process.env["SEQUENCES"] ?? 300);
/** Enough on a busy machine; a sequence takes half a millisecond. */
const PATIENCE_MS = 30_000 + 20 * SEQUENCES;
const TEXTS = [
  "a=1\nb=2\nc=3",
  "a=2\nb=2\nc=3",
  "a=1\nb=4\nc=3",
  "a=1\nb=2",
  "b=2\nc=3",
  "a=1\nb=0\nc=3",
  "a=9\nb=2\nc=3",
  "a=1\nb=2\nc=9",
  "a=1\nb=(",
  "a=1\nb=2\nc=3\n!",
];
const FIRST = "a=1\nb=2\nc=3";

type Action =
  | { kind: "edit" | "open"; text: string }
  | { kind: "give"; role: "inputs" | "overrides"; name: string; text: string | null }
  | { kind: "outputs"; outputs: string[] | null }
  | { kind: "choose"; node: string | null }
  | { kind: "wait"; ms: number }
  | { kind: "auto-run"; on: boolean }
  | { kind: "answer" | "undo" | "run" | "stop" | "crash" | "catch up" | "turn tab" };

const text = fc.constantFrom(...TEXTS);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: "answer" as const }) },
  { weight: 4, arbitrary: text.map((one) => ({ kind: "edit" as const, text: one })) },
  { weight: 2, arbitrary: fc.constantFrom(16, 300, 1_000).map((ms) => ({ kind: "wait" as const, ms })) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom("undo", "run", "stop", "crash", "catch up", "turn tab")
      .map((kind) => ({ kind }) as Action),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<["inputs" | "overrides", string]>(["inputs", "i"], ["overrides", "b"])
      .chain(([role, name]) =>
        fc.constantFrom("5", "7", null).map((value) => ({ kind: "give" as const, role, name, text: value })),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<string[] | null>(null, ["b"], ["a", "c"])
      .map((outputs) => ({ kind: "outputs" as const, outputs })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("a", "b", "c", "i", null).map((node) => ({ kind: "choose" as const, node })),
  },
  { weight: 1, arbitrary: fc.boolean().map((on) => ({ kind: "auto-run" as const, on })) },
  { weight: 1, arbitrary: text.map((one) => ({ kind: "open" as const, text: one })) },
);

/** A page with one dataflow, and what a visitor can do to it. */
class Visit {
  readonly python = new SmallPython();
  readonly store = new Store(emptyWorkspace(true));
  readonly #conductor = new Conductor(this.store, this.python, "one");
  readonly #before: string[] = [];

  constructor() {
    this.#open(FIRST);
    this.#conductor.wake();
  }

  async take(action: Action): Promise<void> {
    switch (action.kind) {
      case "edit":
        this.#before.push(this.#text);
        this.#edit(action.text);
        break;
      case "undo":
        this.#edit(this.#before.pop() ?? this.#text);
        break;
      case "open":
        this.#open(action.text);
        break;
      case "give":
        this.store.send({ ...action, kind: "given" });
        break;
      case "outputs":
        this.store.send({ kind: "outputs-chosen", outputs: action.outputs });
        break;
      case "choose":
        this.store.send({ kind: "node-chosen", node: action.node, by: "hand" });
        break;
      case "auto-run":
        this.store.send({ kind: "auto-run-set", on: action.on });
        break;
      case "turn tab":
        this.store.send({ kind: "panel-chosen", panel: "inputs" });
        break;
      case "answer":
        this.python.answer();
        break;
      case "run":
        this.#conductor.run();
        break;
      case "stop":
        this.#conductor.stop();
        break;
      case "crash":
        this.python.crash();
        break;
      case "catch up":
        this.#conductor.catchUp().catch(() => undefined);
        break;
      case "wait":
        await vi.advanceTimersByTimeAsync(action.ms);
    }
    await vi.advanceTimersByTimeAsync(0);
  }

  /** Values that are shown as those of the code and are not. */
  get lies(): string[] {
    const { workspace } = this.store;
    const { run, running, runs, stale, inspected, given, files } = workspace;
    const right = valuesOf(files, given);
    const isMarked = (name: string): boolean => stale.has(name) || (!workspace.outlined && isEdited(workspace));
    const isRight = (name: string, preview: Preview): boolean =>
      preview.kind === "scalar" && preview.text === String(right[name]);
    const lies: string[] = [];
    for (const [name, preview] of Object.entries(run?.outputs ?? {})) {
      if (!isMarked(name) && !isRight(name, preview)) lies.push(`output ${name}`);
    }
    const looked = inspected?.preview;
    const isLookedMarked = inspected !== null && (inspected.replaced || isMarked(inspected.node));
    if (looked && looked !== "loading" && !isLookedMarked && !isRight(inspected.node, looked)) {
      lies.push(`inspected ${inspected.node}`);
    }
    for (const [name, { state }] of Object.entries(runs)) {
      const isHeard = running !== null && Object.hasOwn(running.states, name);
      const ran = isHeard ? running.request : workspace.ran;
      const value = ran === null ? undefined : valuesOf(ran.files, ran.given)[name];
      const isClaimed = (state === "done" || state === "kept") && !(!workspace.outlined && isEdited(workspace));
      if (isClaimed && value !== right[name]) lies.push(`state of ${name}`);
    }
    if (run !== null && !isEdited(workspace)) {
      for (const [name, preview] of Object.entries(run.outputs))
        if (!isRight(name, preview)) lies.push(`result ${name}`);
    }
    const isOpenlyOutdated = /edited since|Waiting|Running/.test(summaryOf(workspace));
    if (run !== null && isEdited(workspace) && !isOpenlyOutdated) lies.push("summary");
    return lies;
  }

  /** Whether the visitor can end what Python does. */
  get canStop(): boolean {
    return this.store.workspace.running !== null || this.store.workspace.waiting;
  }

  /** All that Python still owes, where nothing is endless. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await this.take({ kind: "answer" });
  }

  get #text(): string {
    return this.store.workspace.files["flow.py"] ?? "";
  }

  #edit(text: string): void {
    this.store.send({ kind: "edited", file: "flow.py", text });
  }

  #open(text: string): void {
    const opened: WorkspaceEvent = {
      kind: "opened",
      title: "Flow",
      example: null,
      files: { "flow.py": text },
      outputs: null,
      selected: null,
      trusted: true,
    };
    this.store.send(opened);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it(
  "shows what the code on the page comes to, or marks it as stale, after any sequence of actions",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        const visit = new Visit();
        for (const [at, one] of actions.entries()) {
          await visit.take(one);
          expect(visit.lies, `after action ${at}: ${JSON.stringify(one)}`).toEqual([]);
        }
        await visit.take({ kind: "wait", ms: 1_000 });
        expect(visit.lies, "after a moment").toEqual([]);
        expect(visit.canStop || !visit.python.isBusy, "Stop is there while Python owes an answer").toBe(true);
      }),
      { numRuns: SEQUENCES },
    );
  },
  PATIENCE_MS,
);

/** Two ways to the values of the code: by hand, and as a lesson's check does it. */
const ENDINGS: readonly { ending: readonly Action["kind"][] }[] = [
  { ending: ["stop", "run"] },
  { ending: ["catch up"] },
];

it.each(ENDINGS)(
  "comes to rest with the values of the code, whatever was done before: $ending",
  async ({ ending }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), fc.nat(1_000), async (actions, ms) => {
        const visit = new Visit();
        for (const one of actions) await visit.take(one);
        await visit.take({ kind: "edit", text: "a=3\nb=1\nc=2" });
        await visit.take({ kind: "outputs", outputs: null });
        await visit.take({ kind: "wait", ms });
        for (const kind of ending) await visit.take({ kind } as Action);
        await visit.settle();
        const { workspace } = visit.store;
        const { a, b, c } = valuesOf(workspace.files, workspace.given);
        const shown = Object.entries(workspace.run?.outputs ?? {}).map(([name, one]) => [
          name,
          "text" in one && one.text,
        ]);
        expect(Object.fromEntries(shown)).toEqual({ a: String(a), b: String(b), c: String(c) });
        expect(workspace).toMatchObject({ running: null, waiting: false, kept: true });
        expect([...workspace.stale]).toEqual([]);
        expect(isEdited(workspace)).toBe(false);
        expect(visit.python.isBusy).toBe(false);
      }),
      { numRuns: SEQUENCES },
    );
  },
  PATIENCE_MS,
);

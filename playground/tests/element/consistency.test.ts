/** After any sequence of actions, each shown value is the value that the current code computes, or it is marked as stale. */

import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { EDITED, summaryOf } from "../../src/element/summary.ts";
import { RunController } from "../../src/execution/run-controller.ts";
import type { Preview } from "../../src/protocol.ts";
import type { WorkspaceEvent } from "../../src/state/events.ts";
import { Store } from "../../src/state/store.ts";
import { emptyWorkspace, isEdited, isRunOf } from "../../src/state/workspace.ts";
import { FakePython, valuesOf } from "./fake-python.ts";

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
const DATA = "file:d.csv";

type Action =
  | { kind: "edit" | "open"; text: string }
  /** The text of the data file; null if it is deleted. */
  | { kind: "data"; text: string | null }
  | { kind: "give"; role: "inputs" | "config" | "overrides"; name: string; text: string | null }
  | { kind: "outputs"; outputs: string[] | null }
  | { kind: "choose"; node: string | null }
  | { kind: "wait"; ms: number }
  | { kind: "auto-run"; on: boolean }
  | { kind: "answer" | "rest" | "undo" | "run" | "stop" | "crash" | "catch up" | "turn tab" };

const text = fc.constantFrom(...TEXTS);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: "answer" as const }) },
  { weight: 6, arbitrary: fc.constant({ kind: "rest" as const }) },
  { weight: 4, arbitrary: text.map((edited) => ({ kind: "edit" as const, text: edited })) },
  { weight: 2, arbitrary: fc.constantFrom(16, 300, 1_000).map((ms) => ({ kind: "wait" as const, ms })) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom("undo", "run", "stop", "crash", "catch up", "turn tab")
      .map((kind) => ({ kind }) as Action),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<["inputs" | "config" | "overrides", string, (string | null)[]]>(
        ["inputs", "i", ["5", "7", DATA, null]],
        ["inputs", "j", ["5", DATA, "five", null]],
        ["config", "j", ["6", "8", null]],
        ["overrides", "b", ["5", "7", DATA, null]],
      )
      .chain(([role, name, texts]) =>
        fc.constantFrom(...texts).map((value) => ({ kind: "give" as const, role, name, text: value })),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("4", "6", null).map((data) => ({ kind: "data" as const, text: data })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<string[] | null>(null, ["b"], ["a", "c"], ["i"])
      .map((outputs) => ({ kind: "outputs" as const, outputs })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("a", "b", "c", "i", "j", null).map((node) => ({ kind: "choose" as const, node })),
  },
  { weight: 1, arbitrary: fc.boolean().map((on) => ({ kind: "auto-run" as const, on })) },
  { weight: 1, arbitrary: text.map((opened) => ({ kind: "open" as const, text: opened })) },
);

/** A page with one dataflow, and the actions of a visitor. */
class Visit {
  readonly python = new FakePython();
  readonly store = new Store(emptyWorkspace(true));
  readonly #runs = new RunController(this.store, this.python, "one");
  readonly #before: string[] = [];

  constructor() {
    this.#open(FIRST);
    this.#runs.wake();
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
      case "data":
        this.#changeData(action.text);
        break;
      case "give":
        this.store.send({ ...action, kind: "value-set" });
        break;
      case "outputs":
        this.store.send({ kind: "outputs-chosen", outputs: action.outputs });
        break;
      case "choose":
        this.store.send({ kind: "node-selected", node: action.node, by: "visitor" });
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
      case "rest":
        await vi.advanceTimersByTimeAsync(300);
        await this.settle();
        break;
      case "run":
        this.#runs.run();
        break;
      case "stop":
        this.#runs.stop();
        break;
      case "crash":
        this.python.crash();
        break;
      case "catch up":
        this.#runs.catchUp().catch(() => undefined);
        break;
      case "wait":
        await vi.advanceTimersByTimeAsync(action.ms);
    }
    await vi.advanceTimersByTimeAsync(0);
  }

  /** The parts of the page that show outdated values without marking them as stale. */
  get lies(): string[] {
    const { workspace } = this.store;
    const { graph, run, running, runs, stale, inspected, fieldTexts, files } = workspace;
    const right = valuesOf(files, fieldTexts);
    const isMarked = (name: string): boolean => stale.has(name) || (!workspace.outlined && isEdited(workspace));
    const isRight = (name: string, preview: Preview): boolean =>
      preview.kind === "scalar" && preview.text === String(right[name]);
    const lies: string[] = [];
    for (const [name, preview] of Object.entries(run?.outputs ?? {})) {
      if (!isMarked(name) && !isRight(name, preview)) lies.push(`output ${name}`);
    }
    const looked = inspected?.preview;
    const isLookedMarked = inspected !== null && (inspected.isReplaced || isMarked(inspected.node));
    const isLookedShown = graph.nodes.some(({ name }) => name === inspected?.node); // the page shows nothing about other nodes
    if (looked && looked !== "loading" && isLookedShown && !isLookedMarked && !isRight(inspected.node, looked)) {
      lies.push(`inspected ${inspected.node}`);
    }
    for (const [name, { state }] of Object.entries(runs)) {
      const isHeard = running !== null && Object.hasOwn(running.states, name);
      const ran = isHeard ? running.request : workspace.completedSpec;
      const value = ran === null ? undefined : valuesOf(ran.files, ran.fieldTexts)[name];
      const isOfOtherText = ran === null || !isRunOf(ran, workspace); // the summary says so until Python has read the text
      const isClaimed = (state === "succeeded" || state === "reused") && !(!workspace.outlined && isOfOtherText);
      if (isClaimed && value !== right[name]) lies.push(`state of ${name}`);
    }
    if (run !== null && !isEdited(workspace)) {
      for (const [name, preview] of Object.entries(run.outputs))
        if (!isRight(name, preview)) lies.push(`result ${name}`);
    }
    const isOpenlyOutdated = /edited since|Waiting|Running/.test(summaryOf(workspace));
    if (run !== null && isEdited(workspace) && !isOpenlyOutdated) lies.push("summary");
    const isSaidOfRunning = summaryOf(workspace).endsWith(EDITED);
    if (running !== null && !isRunOf(running.request, workspace) && !isSaidOfRunning) lies.push("summary of running");
    return lies;
  }

  /** Whether the visitor can stop Python. */
  get canStop(): boolean {
    return this.store.workspace.running !== null || this.store.workspace.pythonOverdue;
  }

  /** Let Python send all pending replies, unless a run is endless. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await this.take({ kind: "answer" });
  }

  get #text(): string {
    return this.store.workspace.files["flow.py"] ?? "";
  }

  #edit(text: string): void {
    this.store.send({ kind: "edited", file: "flow.py", text });
  }

  #changeData(text: string | null): void {
    const { files } = this.store.workspace;
    if (text === null || !("d.csv" in files)) {
      const { "d.csv": _, ...rest } = files;
      const changed = text === null ? rest : { ...rest, "d.csv": text };
      this.store.send({ kind: "files-changed", files: changed, active: "flow.py" });
    } else this.store.send({ kind: "edited", file: "d.csv", text });
  }

  #open(text: string): void {
    const opened: WorkspaceEvent = {
      kind: "opened",
      title: "Flow",
      example: null,
      files: { "flow.py": text, "d.csv": "4" },
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
  "shows the values of the current code, or marks them as stale, after any sequence of actions",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30, size: "max" }), async (actions) => {
        const visit = new Visit();
        for (const [at, action] of actions.entries()) {
          await visit.take(action);
          expect(visit.lies, `after action ${at}: ${JSON.stringify(action)}`).toEqual([]);
        }
        await visit.take({ kind: "wait", ms: 1_000 });
        expect(visit.lies, "after a moment").toEqual([]);
        expect(visit.canStop || !visit.python.isBusy, "Stop is available while Python owes a reply").toBe(true);
      }),
      { numRuns: SEQUENCES },
    );
  },
  PATIENCE_MS,
);

const give = (role: "inputs" | "config" | "overrides", name: string, value: string | null): Action => {
  return { kind: "give", role, name, text: value };
};
const REST: Action = { kind: "rest" };
const BY_HAND: Action = { kind: "auto-run", on: false };

/** The inspected node, and how its value is replaced or becomes unused. */
const REPLACED: readonly { what: string; node: string; before: readonly Action[]; after: readonly Action[] }[] = [
  {
    what: "an input that goes back to its default",
    node: "i",
    before: [give("inputs", "i", "5")],
    after: [give("inputs", "i", null), REST],
  },
  {
    what: "an input that the chosen output does not need",
    node: "i",
    before: [give("inputs", "i", "5")],
    after: [{ kind: "outputs", outputs: ["b"] }, REST, give("inputs", "i", "7"), REST],
  },
  {
    what: "an input of modules that could not be imported",
    node: "i",
    before: [give("inputs", "i", "5")],
    after: [BY_HAND, { kind: "edit", text: `${FIRST}\n!` }, give("inputs", "i", "7"), { kind: "run" }, REST],
  },
  {
    what: "a config value that nothing needs anymore",
    node: "j",
    before: [give("config", "j", "6")],
    after: [{ kind: "outputs", outputs: ["i"] }, REST, give("config", "j", "8"), REST],
  },
  {
    what: "an input from a data file",
    node: "i",
    before: [give("inputs", "i", DATA)],
    after: [BY_HAND, { kind: "data", text: "6" }, REST],
  },
  {
    what: "a function that uses an input from a data file",
    node: "c",
    before: [give("inputs", "i", DATA)],
    after: [BY_HAND, { kind: "data", text: null }, REST],
  },
  {
    what: "a node that is overridden from a data file",
    node: "b",
    before: [give("overrides", "b", DATA)],
    after: [BY_HAND, { kind: "data", text: "6" }, REST],
  },
];

it.each(REPLACED)(
  "shows the value of $what at first, and then no value or one marked as stale",
  async ({ node, before, after }) => {
    const visit = new Visit();
    const looked = (): Preview | "loading" | null | undefined => visit.store.workspace.inspected?.preview;
    const isMarked = (): boolean => visit.store.workspace.stale.has(node);
    for (const action of [...before, REST, { kind: "choose", node } as const, REST]) await visit.take(action);
    expect([looked(), isMarked()]).toEqual([expect.objectContaining({ kind: "scalar" }), false]);
    for (const action of after) {
      await visit.take(action);
      expect(visit.lies).toEqual([]);
    }
    expect(looked() === null || isMarked()).toBe(true);
  },
);

/** Two ways to compute the code's values: a manual run, and a lesson's check. */
const ENDINGS: readonly { ending: readonly Action["kind"][] }[] = [
  { ending: ["stop", "run"] },
  { ending: ["catch up"] },
];

it.each(ENDINGS)(
  "ends with the values of the current code, whatever happened before: $ending",
  async ({ ending }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), fc.nat(1_000), async (actions, ms) => {
        const visit = new Visit();
        for (const action of actions) await visit.take(action);
        await visit.take({ kind: "edit", text: "a=3\nb=1\nc=2" });
        await visit.take({ kind: "outputs", outputs: null });
        await visit.take({ kind: "wait", ms });
        for (const kind of ending) await visit.take({ kind } as Action);
        await visit.settle();
        const { workspace } = visit.store;
        const values = Object.entries(valuesOf(workspace.files, workspace.fieldTexts)).filter(([name]) =>
          "abc".includes(name),
        );
        const shown = Object.entries(workspace.run?.outputs ?? {}).map(([name, preview]) => [
          name,
          "text" in preview && preview.text,
        ]);
        expect(Object.fromEntries(shown)).toEqual(
          Object.fromEntries(values.map(([name, value]) => [name, String(value)])),
        );
        expect(workspace).toMatchObject({ running: null, pythonOverdue: false, valuesAvailable: true });
        expect([...workspace.stale]).toEqual([]);
        expect(isEdited(workspace)).toBe(false);
        expect(visit.python.isBusy).toBe(false);
      }),
      { numRuns: SEQUENCES },
    );
  },
  PATIENCE_MS,
);

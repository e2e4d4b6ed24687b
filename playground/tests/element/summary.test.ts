import { describe, expect, it } from "vitest";
import { canRetry, progressOf, statusOf, summaryOf } from "../../src/element/summary.ts";
import type { GraphView, RunView } from "../../src/protocol.ts";
import { type ActiveRun, emptyWorkspace, NO_VALUES, type RunSpec, type Workspace } from "../../src/state/workspace.ts";
import { nodeOf } from "../graph/graphs.ts";

const FILES = { "flow.py": "x" };
const REQUEST: RunSpec = { files: FILES, outputs: null, fieldTexts: NO_VALUES };
const RUN: RunView = {
  ok: true,
  seconds: 0.0414,
  ran: 3,
  reused: 9,
  total: 12,
  nodes: { a: { state: "succeeded" }, b: { state: "reused" } },
  outputs: {},
  graph: { nodes: [], edges: [], problems: [] },
  problems: [],
};
const GRAPH: GraphView = { ...RUN.graph, nodes: [nodeOf("a")] };
const RUNNING: ActiveRun = { request: REQUEST, graph: GRAPH, states: { a: { state: "running" } } };

function workspace(changes: Partial<Workspace>): Workspace {
  return { ...emptyWorkspace(true), files: FILES, completedSpec: REQUEST, run: RUN, ...changes };
}

describe("the summary", () => {
  it.each([
    ["a finished run", {}, "3 of 12 nodes ran · 41 ms"],
    ["one node", { run: { ...RUN, ran: 1, total: 1 } }, "1 of 1 node ran · 41 ms"],
    ["a failed node", { run: { ...RUN, nodes: { a: { state: "failed" } } } }, "2 of 12 nodes ran · 1 failed · 41 ms"],
    [
      "nodes that need inputs",
      { run: { ...RUN, nodes: { a: { state: "waiting" }, b: { state: "waiting" }, c: { state: "skipped" } } } },
      "3 of 12 nodes ran · 2 need an input · 41 ms",
    ],
    [
      "a node that needs an input",
      { run: { ...RUN, nodes: { a: { state: "waiting" } } } },
      "3 of 12 nodes ran · 1 needs an input · 41 ms",
    ],
    ["an edit after the run", { files: { "flow.py": "y" } }, "3 of 12 nodes ran · 41 ms · edited since"],
    ["a run that could not start", { run: { ...RUN, ok: false, total: 0, ran: 0 } }, "Could not run"],
    ["a running node", { running: RUNNING }, "Running a…"],
    [
      "a running node in code that has been edited since",
      { running: RUNNING, files: { "flow.py": "y" } },
      "Running a… · edited since",
    ],
    [
      "an edit that would take a long time to run",
      { files: { "flow.py": "y" }, graph: GRAPH, measured: { a: { seconds: 3 } } },
      "3 of 12 nodes ran · 41 ms · edited since: a run takes about 3.0 s",
    ],
    [
      "an edit that would take a long time to run, with auto-run off",
      { files: { "flow.py": "y" }, graph: GRAPH, measured: { a: { seconds: 3 } }, autoRun: false },
      "3 of 12 nodes ran · 41 ms · edited since",
    ],
    ["untrusted code", { trusted: false }, "Not run yet"],
    ["no run yet", { run: null, completedSpec: null }, ""],
  ] as [string, Partial<Workspace>, string][])("describes %s", (_, changes, text) => {
    expect(summaryOf(workspace(changes))).toBe(text);
  });
});

describe("the status of Python", () => {
  it("shows its stage and progress while it starts", () => {
    const status = { phase: "booting", stage: "core", done: 1, of: 4, secondsLeft: null, restarting: true } as const;
    expect(statusOf(status)).toBe("Restarting Python: loading the interpreter");
    expect(progressOf(status)).toBe(0.25);
  });

  it.each([
    [{ done: 0, of: 0, secondsLeft: null }, "downloading files"],
    [{ done: 420_000, of: 13_100_000, secondsLeft: null }, "0.4 of 13.1 MB"],
    [{ done: 4_200_000, of: 13_100_000, secondsLeft: 8.2 }, "4.2 of 13.1 MB, 9 s left"],
  ])("shows the size of the download and the time left", (progress, text) => {
    const status = { phase: "booting", stage: "fetch", restarting: false, ...progress } as const;
    expect(statusOf(status)).toBe(`Starting Python: ${text}`);
  });

  const ready = { phase: "ready", complete: true, seconds: 0 } as const;

  it("shows the libraries that are being loaded, with their size", () => {
    const packs = { names: ["scikit-learn"], done: 8_200_000, of: 16_400_000 };
    expect(statusOf({ ...ready, packs })).toBe("Loading scikit-learn · 8.2 of 16.4 MB");
    expect(progressOf({ ...ready, packs })).toBe(0.5);
    expect(canRetry({ ...ready, packs })).toBe(false);
  });

  it("reports a library that could not be loaded, and offers to try again", () => {
    const status = { ...ready, packs: { failure: "The runtime file scipy.zip is damaged." } };
    expect(statusOf(status)).toBe("The runtime file scipy.zip is damaged.");
    expect(progressOf(status)).toBeNull();
    expect(canRetry(status)).toBe(true);
    expect(canRetry({ ...ready, packs: null })).toBe(false);
  });

  it("reports a failed start", () => {
    const status = { phase: "failed", message: "numpy is damaged." } as const;
    expect(statusOf(status)).toContain("numpy is damaged.");
    expect(progressOf(status)).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { durationText, progressOf, statusOf, summaryOf } from "../../src/element/summary.ts";
import type { RunView } from "../../src/protocol.ts";
import { emptyWorkspace, type Workspace } from "../../src/state/workspace.ts";

const FILES = { "flow.py": "x" };
const RUN: RunView = {
  ok: true,
  seconds: 0.0414,
  ran: 3,
  kept: 9,
  total: 12,
  nodes: { a: { state: "done" }, b: { state: "kept" } },
  outputs: {},
  graph: { nodes: [], edges: [], problems: [] },
  problems: [],
};

function workspace(changes: Partial<Workspace>): Workspace {
  return { ...emptyWorkspace(true), files: FILES, ranFiles: FILES, run: RUN, ...changes };
}

describe("the summary", () => {
  it.each([
    ["a finished run", {}, "3 of 12 nodes ran · 41 ms"],
    ["one node", { run: { ...RUN, ran: 1, total: 1 } }, "1 of 1 node ran · 41 ms"],
    ["a failed node", { run: { ...RUN, nodes: { a: { state: "failed" } } } }, "3 of 12 nodes ran · 1 failed · 41 ms"],
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
    ["an edit since", { files: { "flow.py": "y" } }, "3 of 12 nodes ran · 41 ms · edited since"],
    ["a run that could not begin", { run: { ...RUN, ok: false, total: 0, ran: 0 } }, "Could not run"],
    ["a node at work", { activity: "running", runs: { a: { state: "running" } } }, "Running a …"],
    ["a stranger's code", { trusted: false }, "Not run yet"],
    ["nothing yet", { run: null, ranFiles: null }, ""],
  ] as [string, Partial<Workspace>, string][])("tells of %s", (_, changes, text) => {
    expect(summaryOf(workspace(changes))).toBe(text);
  });
});

describe("a duration", () => {
  it.each([
    [0.0002, "under 1 ms"],
    [0.0126, "13 ms"],
    [1.26, "1.3 s"],
  ])("of %d seconds", (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe("the status of Python", () => {
  it("says its stage and how far it has come while it starts", () => {
    const status = { phase: "booting", stage: "core", done: 1, of: 4, restarting: true } as const;
    expect(statusOf(status)).toBe("Python restarts: the interpreter");
    expect(progressOf(status)).toBe(0.25);
  });

  it("says what failed", () => {
    const status = { phase: "failed", message: "numpy is damaged." } as const;
    expect(statusOf(status)).toContain("numpy is damaged.");
    expect(progressOf(status)).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { mainProblem, panelTabs } from "../../src/element/panels.ts";
import type { ProblemView, Severity } from "../../src/protocol.ts";
import { emptyWorkspace } from "../../src/state/workspace.ts";

function problem(severity: Severity, message = ""): ProblemView {
  return { kind: "X", severity, message, file: null, line: null, column: null, node: null, frames: [] };
}

describe("the Problems tab", () => {
  it.each([
    [[], undefined, undefined],
    [["warning", "warning"], 2, "warning"],
    [["warning", "error", "warning"], 1, "error"],
    [["error", "error"], 2, "error"],
  ] as [Severity[], number | undefined, Severity | undefined][])(
    "with %j counts %d problems of the highest severity",
    (all, count, worst) => {
      const tabs = panelTabs({ ...emptyWorkspace(true), problems: all.map((severity) => problem(severity)) });
      const tab = tabs.find(({ panel }) => panel === "problems");
      expect([tab?.count, tab?.severity]).toEqual([count, worst]);
    },
  );
});

describe("the problem below the panes", () => {
  it("is the first error, or else the first warning", () => {
    const [first, second] = [problem("warning", "first"), problem("warning", "second")];
    const error = problem("error");
    expect(mainProblem([first, second, error])).toBe(error);
    expect(mainProblem([first, second])).toBe(first);
    expect(mainProblem([])).toBeNull();
  });
});

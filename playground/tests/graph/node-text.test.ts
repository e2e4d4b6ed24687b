import { describe, expect, test } from "vitest";
import { ariaLabelOf, badgeText, callText, runText, stateLabel, tooltipOf } from "../../src/graph/node-text.ts";
import type { NodeRun } from "../../src/protocol.ts";
import { nodeOf } from "./graphs.ts";

describe("the texts about a node", () => {
  test("form a label for screen readers", () => {
    const node = nodeOf("rate", { kind: "input", type: "float = 0.5", output: true });
    expect(ariaLabelOf(node, stateLabel("stale"), [], [])).toBe("rate, float = 0.5, input, output, stale");
    expect(ariaLabelOf(nodeOf("a", { type: "" }), stateLabel("succeeded"), ["b"], [])).toBe(
      "a, succeeded, depends on b",
    );
    expect(ariaLabelOf(nodeOf("a", { type: "" }), stateLabel("succeeded"), [], [], { prints: "x\ny" })).toBe(
      "a, succeeded, printed",
    );
  });

  test("form a tooltip of name, type and the first line of the documentation", () => {
    const name = "x".repeat(60);
    expect(tooltipOf(nodeOf(name, { doc: "\n  What it is.\n\n  And more." }), [])).toBe(`${name}: int\nWhat it is.`);
  });

  test("include the measurements of a call and the reasons for it in the tooltip", () => {
    const run: NodeRun = {
      state: "succeeded",
      seconds: 0.012,
      bytes: 1_300_000,
      causes: [{ kind: "definition", name: "rate" }],
      prints: "x\ny",
    };
    expect(tooltipOf(nodeOf("total"), [], run)).toBe(
      "total: int\n12 ms · 1.3 MB\nran because rate changed\nprinted: x",
    );
    expect(tooltipOf(nodeOf("total"), [], { state: "reused" })).toBe("total: int");
  });

  test("state the duration of calls that take a millisecond or more; where space is tight, only that of slow calls", () => {
    expect(callText({ state: "succeeded", seconds: 0.012 })).toBe("succeeded · 12 ms");
    expect(callText({ state: "succeeded", seconds: 0.0009 })).toBe("succeeded");
    expect(callText({ state: "reused" })).toBe("reused");
    expect(badgeText({ state: "succeeded", seconds: 0.012 })).toBe("");
    expect(badgeText({ state: "reused" })).toBe("");
    expect(badgeText({ state: "failed", seconds: 1.2 })).toBe("1.2 s");
  });

  test("name the elements for which a function is called", () => {
    const node = nodeOf("length", { each: ["word"] });
    const run: NodeRun = { state: "succeeded", seconds: 0.012, elements: { computed: 3, total: 3 } };
    expect(tooltipOf(node, [])).toBe("length: int\ncalled for each word");
    expect(tooltipOf(node, [], run)).toBe("length: int\ncalled for each word: 3 times\n12 ms");
    expect(callText(run)).toBe("succeeded · × 3 · 12 ms");
    expect(badgeText(run)).toBe("× 3");
  });

  test.each([
    [undefined, "not run"],
    [{ state: "queued" }, "queued"],
    [{ state: "failed" }, "failed"],
    [{ state: "waiting", needs: ["x"] }, "needs the input x"],
    [{ state: "waiting", needs: ["x", "y"] }, "needs the inputs x and y"],
    [{ state: "skipped", needs: ["x"] }, "skipped: needs the input x"],
    [{ state: "skipped" }, "skipped"],
  ] as [NodeRun | undefined, string][])("describe the run %j", (run, words) => {
    expect(runText(run)).toBe(words);
  });
});

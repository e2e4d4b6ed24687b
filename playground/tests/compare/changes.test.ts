import { describe, expect, it } from "vitest";
import { changesBetween, countsText, mergeGraphs } from "../../src/compare/changes.ts";
import { comparedFiles } from "../../src/compare/files.ts";
import type { ComparisonView } from "../../src/protocol.ts";
import { graphOf } from "../graph/graphs.ts";

const BEFORE = graphOf("a > b", "b > gone");
const AFTER = graphOf("a > b", "b > c", "a > c");
const FOUND: ComparisonView = {
  nodes: {
    a: { code: "changed", value: "different" },
    b: { code: "same", value: "different" },
    c: { code: "added", value: null },
    gone: { code: "removed", value: null },
  },
};

describe("two merged graphs", () => {
  it("contain each node and each edge of both once", () => {
    const { nodes, edges } = mergeGraphs(BEFORE, AFTER);
    expect(nodes.map(({ name }) => name).sort()).toEqual(["a", "b", "c", "gone"]);
    expect(edges.map(({ source, target }) => `${source}${target}`).sort()).toEqual(["ab", "ac", "bc", "bgone"]);
  });

  it("differ by name until Python has compared them, then by code and value", () => {
    expect(changesBetween(BEFORE, AFTER, null).nodes).toEqual({ a: "same", b: "same", c: "added", gone: "removed" });
    const changes = changesBetween(BEFORE, AFTER, FOUND);
    expect(changes.nodes).toEqual({ a: "changed", b: "affected", c: "added", gone: "removed" });
    expect(countsText(changes)).toBe("1 added, 1 removed, 1 changed, 1 with a different value");
    expect(
      ["ab", "ac", "bgone"].map(([source = "", ...target]) => changes.edge({ source, target: target.join("") })),
    ).toEqual(["same", "added", "removed"]);
  });

  it("have no changes if they are the same", () => {
    expect(countsText(changesBetween(BEFORE, BEFORE, null))).toBe("No nodes differ");
  });
});

describe("the files of two dataflows", () => {
  it("are sorted: changed files first, modules before data", () => {
    const files = comparedFiles(
      { "a.py": "1", "b.py": "1", "d.csv": "1", "old.py": "" },
      { "a.py": "1", "b.py": "2", "d.csv": "2" },
    );
    expect(files.map(({ name, change }) => `${name} ${change}`)).toEqual([
      "b.py changed",
      "old.py removed",
      "d.csv changed",
      "a.py same",
    ]);
  });
});

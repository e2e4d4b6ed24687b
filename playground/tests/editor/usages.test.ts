import { describe, expect, it } from "vitest";
import { usagesOf } from "../../src/editor/usages.ts";
import { graph, input, node } from "./dataflows.ts";

const FILES = {
  "costs.py": "def price(\n    days: int,\n) -> float:\n    return days\n",
  "flow.py": "import costs\n\ndef total(\n    price: float,\n    days: int,\n) -> float:\n    return price\n",
};
const GRAPH = graph(
  [
    input("days"),
    node("price", { file: "costs.py" }),
    node("total", { line: 3 }),
    node("low", { function: "bounds", line: 3 }),
    node("elsewhere", { file: null, line: null }),
  ],
  "days -> price",
  "days -> total",
  "price -> total",
  "price -> low",
  "total -> elsewhere",
);
const AROUND = { files: FILES, graph: GRAPH };

describe("the uses of a node", () => {
  it("are the functions that depend on it, at the parameter", () => {
    expect(usagesOf("days", AROUND)).toEqual([
      { node: "price", file: "costs.py", line: 2 },
      { node: "total", file: "flow.py", line: 5 },
    ]);
  });

  it("are at the function itself if no parameter has the node's name", () => {
    expect(usagesOf("price", AROUND)).toEqual([
      { node: "total", file: "flow.py", line: 4 },
      { node: "low", file: "flow.py", line: 3 },
    ]);
  });

  it("do not exist for a leaf node, and omit nodes without a file", () => {
    expect(usagesOf("low", AROUND)).toEqual([]);
    expect(usagesOf("total", AROUND)).toEqual([]);
  });
});

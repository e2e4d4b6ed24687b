import { describe, expect, it } from "vitest";
import type { GraphView } from "../../src/protocol.ts";
import { enteredValues } from "../../src/state/entered-values.ts";
import { emptyWorkspace } from "../../src/state/workspace.ts";
import { nodeOf } from "../graph/graphs.ts";

const GIVEN = {
  inputs: { n: "1", gone: "2" },
  config: { region: '"eu"', gone: "1" },
  overrides: { total: "3", gone: "4" },
};
const GRAPH: GraphView = {
  nodes: [
    { ...nodeOf("n"), kind: "input" },
    { ...nodeOf("total"), kind: "function" },
  ],
  edges: [],
  problems: [],
  config: { region: { kind: "choice", default: null, choices: ['"eu"'] } },
};

describe("the values entered for a run", () => {
  it("are those whose names are in the code; the others reappear when their names do", () => {
    const workspace = { ...emptyWorkspace(true), fieldTexts: GIVEN, graph: GRAPH, outlined: true, readable: true };
    expect(enteredValues(workspace)).toEqual({
      inputs: { n: "1" },
      config: { region: '"eu"' },
      overrides: { total: "3" },
    });
  });

  it("are all entered values until the code is outlined", () => {
    expect(enteredValues({ ...emptyWorkspace(true), fieldTexts: GIVEN, graph: GRAPH, outlined: false })).toEqual(GIVEN);
  });
});

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

describe("what is given to a run", () => {
  it("is what the code has: what it no longer has waits for it to come back", () => {
    const workspace = { ...emptyWorkspace(true), given: GIVEN, graph: GRAPH, outlined: true, readable: true };
    expect(enteredValues(workspace)).toEqual({
      inputs: { n: "1" },
      config: { region: '"eu"' },
      overrides: { total: "3" },
    });
  });

  it("is all that was typed in until the code has been read", () => {
    expect(enteredValues({ ...emptyWorkspace(true), given: GIVEN, graph: GRAPH, outlined: false })).toEqual(GIVEN);
  });
});

import { describe, expect, it } from "vitest";
import { definitionOf, descriptionOf } from "../../src/editor/definitions.ts";
import { nodeNameAt } from "../../src/editor/names.ts";
import { atCaret, graph, input, node } from "./dataflows.ts";

const FILES = {
  "costs.py":
    'import x\n\n\ndef price(\n    base: float,\n    rate: float = 0.2,\n) -> float:\n    """What one costs."""\n    return base\n',
  "flow.py": "def total(price: float, quantity: int) -> float:\n    return price * quantity\n",
};
const GRAPH = graph([
  node("price", { file: "costs.py", doc: "What one costs." }),
  node("total"),
  input("quantity"),
  node("low", { function: "total", type: "float" }),
]);
const AROUND = { files: FILES, graph: GRAPH };

function named(marked: string): string | undefined {
  const { text, caret } = atCaret(marked);
  return nodeNameAt(text, caret)?.name;
}

describe("the name at a position", () => {
  it("is that of a function, a parameter or a use of a parameter", () => {
    expect(named("def to|tal(price: int) -> int: ...")).toBe("total");
    expect(named("def total(price|: int) -> int: ...")).toBe("price");
    expect(named("def total(price: int) -> int:\n    return |price")).toBe("price");
  });

  it("is null for local variables, types, words in strings, and names in functions that are not nodes", () => {
    expect(named("def total(price: i|nt) -> int: ...")).toBeUndefined();
    expect(named("def total(price: int) -> int:\n    lo|cal = 1")).toBeUndefined();
    expect(named('def total(price: int) -> int:\n    "pr|ice"')).toBeUndefined();
    expect(named("def _helper(pri|ce): ...")).toBeUndefined();
    expect(named("def total(price: int) -> int:\n    return [pr|ice for price in []]")).toBeUndefined();
  });

  it("of a variant is the name that all variants share", () => {
    expect(named("@config.otherwise\ndef price__el|se() -> int: ...")).toBe("price");
  });
});

describe("the definition of a node", () => {
  it("is its function, with a one-line signature and the line number in the current files", () => {
    expect(descriptionOf("price", AROUND)).toEqual({
      signature: "def price(base: float, rate: float = 0.2) -> float",
      doc: "What one costs.",
      origin: "costs.py:4",
    });
    expect(definitionOf("price", AROUND)).toMatchObject({ file: "costs.py", line: 4 });
  });

  it("is null for an input, and the description states that it is an input", () => {
    expect(definitionOf("quantity", AROUND)).toBeNull();
    expect(descriptionOf("quantity", AROUND)).toEqual({
      signature: "quantity: int",
      doc: "",
      origin: "an input: no function computes it",
    });
  });

  it("shows the node's type if a decorator names the node", () => {
    expect(descriptionOf("low", AROUND)?.signature).toBe("low: float\ndef total(price: float, quantity: int) -> float");
  });

  it("is found for a function that is not in the graph yet, but not for a name that is not a node", () => {
    expect(definitionOf("late", { ...AROUND, files: { "new.py": "def late() -> int: ..." } })?.file).toBe("new.py");
    expect(descriptionOf("nothing", AROUND)).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { definitionOf, descriptionOf } from "../../src/editor/definitions.ts";
import { nodeNameAt } from "../../src/editor/names.ts";
import { atCaret, graph, input, node } from "./writing.ts";

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

describe("the name at a place", () => {
  it("is a function's, a parameter's, or that of a use of one", () => {
    expect(named("def to|tal(price: int) -> int: ...")).toBe("total");
    expect(named("def total(price|: int) -> int: ...")).toBe("price");
    expect(named("def total(price: int) -> int:\n    return |price")).toBe("price");
  });

  it("is none for local variables, types, words in strings, and in functions that make no node", () => {
    expect(named("def total(price: i|nt) -> int: ...")).toBeUndefined();
    expect(named("def total(price: int) -> int:\n    lo|cal = 1")).toBeUndefined();
    expect(named('def total(price: int) -> int:\n    "pr|ice"')).toBeUndefined();
    expect(named("def _helper(pri|ce): ...")).toBeUndefined();
    expect(named("def total(price: int) -> int:\n    return [pr|ice for price in []]")).toBeUndefined();
  });

  it("of a variant is the one that it shares with the others", () => {
    expect(named("@config.otherwise\ndef price__el|se() -> int: ...")).toBe("price");
  });
});

describe("what makes a node", () => {
  it("is its function, with the signature on one line and its place as the files stand", () => {
    expect(descriptionOf("price", AROUND)).toEqual({
      signature: "def price(base: float, rate: float = 0.2) -> float",
      doc: "What one costs.",
      origin: "costs.py:4",
    });
    expect(definitionOf("price", AROUND)).toMatchObject({ file: "costs.py", line: 4 });
  });

  it("is nothing for an input, which says so", () => {
    expect(definitionOf("quantity", AROUND)).toBeNull();
    expect(descriptionOf("quantity", AROUND)).toEqual({
      signature: "quantity: int",
      doc: "",
      origin: "an input: no function computes it",
    });
  });

  it("says the node's own type where a decorator names it", () => {
    expect(descriptionOf("low", AROUND)?.signature).toBe("low: float\ndef total(price: float, quantity: int) -> float");
  });

  it("is known for a function that is not yet in the graph, and not for a name that is no node", () => {
    expect(definitionOf("late", { ...AROUND, files: { "new.py": "def late() -> int: ..." } })?.file).toBe("new.py");
    expect(descriptionOf("nothing", AROUND)).toBeNull();
  });
});

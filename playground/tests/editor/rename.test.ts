import { describe, expect, it } from "vitest";
import { renameNode } from "../../src/editor/rename.ts";
import type { Files, GraphView } from "../../src/protocol.ts";
import { graph, input, node } from "./dataflows.ts";

const GRAPH = graph(
  [node("price"), node("total"), input("quantity", "int = 3")],
  "price -> total",
  "quantity -> total",
);

/** Return the files after the rename, or the reason for a refusal. */
function rewritten(files: Files | string, from: string, to: string, known: GraphView = GRAPH): Files | string {
  const result = renameNode(typeof files === "string" ? { "flow.py": files } : files, known, from, to);
  if (result.kind === "refused") return result.reason;
  return typeof files === "string" ? (result.files["flow.py"] ?? "") : result.files;
}

const PRICE = "def price() -> int:\n    return 20\n";

describe("renaming a node", () => {
  it("changes its function, the parameters of that name and their uses", () => {
    const text = `${PRICE}\n\ndef total(price: int, quantity: int = 3) -> int:\n    priced = price * quantity\n    return priced + price\n`;
    expect(rewritten(text, "price", "cost")).toBe(
      "def cost() -> int:\n    return 20\n\n\ndef total(cost: int, quantity: int = 3) -> int:\n    priced = cost * quantity\n    return priced + cost\n",
    );
  });

  it("leaves strings, comments, attributes and keywords of other calls alone", () => {
    const text = 'def total(price: int) -> int:\n    """Of price."""\n    return f(price=price.price)  # price\n';
    expect(rewritten(text, "price", "cost")).toBe(
      'def total(cost: int) -> int:\n    """Of price."""\n    return f(price=cost.price)  # price\n',
    );
  });

  it("changes f-strings, comprehensions, lambdas and nested functions that use it", () => {
    const text =
      'def total(price: int) -> int:\n    f"{price!r}"\n    [price for _ in range(price)]\n    return lambda: price\n';
    expect(rewritten(text, "price", "cost")).toBe(text.replaceAll("price", "cost"));
  });

  it("does not change other variables of the same name", () => {
    const text =
      "def total(price: int) -> int:\n    [price for price in price]\n    lambda price: price\n    def inner(price): return price\n    class C:\n        price = 1\n    return price\n";
    expect(rewritten(text, "price", "cost")).toBe(
      "def total(cost: int) -> int:\n    [price for price in cost]\n    lambda price: price\n    def inner(price): return price\n    class C:\n        price = 1\n    return cost\n",
    );
  });

  it("ignores functions that are not nodes", () => {
    const text = `${PRICE}\ndef _scaled(price: int) -> int:\n    return price * 2\n\nclass Shop:\n    def total(self, price): return price\n`;
    expect(rewritten(text, "price", "cost")).toBe(text.replace("def price", "def cost"));
  });

  it("changes calls to its function", () => {
    const text = `${PRICE}\ndef _check() -> None:\n    assert price() == 20\n\ndef total(price: int) -> int:\n    return price\n\nassert total(price=price()) == 20\n`;
    expect(rewritten(text, "price", "cost")).toBe(text.replaceAll("price", "cost"));
  });

  it("changes other modules and their imports", () => {
    const files = {
      "costs.py": PRICE,
      "flow.py":
        "import costs\nimport costs as c\nfrom costs import price\n\ndef total(price: int) -> int:\n    return price\n\ncosts.price(); c.price(); price()\n",
      "other.py": "from costs import price as p\nfrom shop import price\np(); price()\n",
      "data.csv": "price\n1\n",
    };
    expect(rewritten(files, "price", "cost")).toEqual({
      "costs.py": "def cost() -> int:\n    return 20\n",
      "flow.py":
        "import costs\nimport costs as c\nfrom costs import cost\n\ndef total(cost: int) -> int:\n    return cost\n\ncosts.cost(); c.cost(); cost()\n",
      "other.py": "from costs import cost as p\nfrom shop import price\np(); price()\n",
      "data.csv": "price\n1\n",
    });
  });

  it("renames all its variants, which keep their suffixes", () => {
    const text =
      '@config.when(at="us")\ndef price__us() -> int: ...\n\n@config.otherwise\ndef price__eu() -> int: ...\n';
    expect(rewritten(text, "price", "cost")).toBe(text.replaceAll("price__", "cost__"));
  });

  it("changes source() in a decorator, but not the values that a decorator binds", () => {
    const text =
      '@parameterize(a={"x": source("price")}, b={"x": value("price")})\ndef _f(x: int) -> int: ...\n\n@parameterize(c={"price": value(1)})\ndef g(price: int) -> int:\n    return price\n';
    expect(rewritten(text, "price", "cost")).toBe(text.replace('source("price")', 'source("cost")'));
  });

  it("is possible for an input", () => {
    const text = "def total(price: int, quantity: int = 3) -> int:\n    return price * quantity\n";
    expect(rewritten(text, "quantity", "count")).toBe(text.replaceAll("quantity", "count"));
  });

  it("reports its edits, so each file can undo them", () => {
    const result = renameNode({ "flow.py": PRICE, "data.csv": "" }, GRAPH, "price", "cost");
    expect(result).toMatchObject({ edits: { "flow.py": [{ from: 4, to: 9, insert: "cost" }] } });
  });
});

describe("a rename to the name of a missing input", () => {
  const known = graph(
    [node("cost"), node("total"), node("report"), input("price"), input("prices"), input("days", "int = 3")],
    "price -> total",
    "prices -> report",
    "total -> report",
  );
  const text =
    "def cost() -> int: ...\ndef total(price: int) -> int: ...\ndef report(prices: int, total: int) -> int: ...\n";

  it("connects the function to the functions that need the input", () => {
    expect(rewritten(text, "cost", "price", known)).toBe(text.replace("cost", "price"));
  });

  it("connects all functions that have the parameter", () => {
    expect(rewritten(text, "prices", "price", known)).toBe(text.replace("prices", "price"));
    const both = `${text}def mean(prices: int) -> int: ...\n`;
    expect(rewritten(both, "prices", "price", known)).toBe(both.replaceAll("prices", "price"));
  });

  it("is refused for a function that depends on the input", () => {
    expect(rewritten(text, "report", "price", known)).toBe(
      "report depends on price, and a node cannot depend on itself.",
    );
  });

  it("is refused if a function has both parameters", () => {
    const both = text.replace("prices: int, ", "prices: int, price: int, ");
    expect(rewritten(both, "prices", "price", known)).toBe("price already has another meaning in report.");
  });

  it("is refused for an input with a default, and if the other input has a default", () => {
    expect(rewritten(text, "prices", "days", known)).toBe("A node named days already exists.");
    const edges = known.edges.map((edge) => ({ ...edge, optional: edge.source === "prices" }));
    expect(rewritten(text, "prices", "price", { ...known, edges })).toBe(
      "prices has a default, but the input price has none. Give both the same default first.",
    );
    expect(rewritten(text, "price", "prices", { ...known, edges })).toBe("A node named prices already exists.");
  });
});

describe("a rename is refused", () => {
  it.each([
    ["", "Enter a name."],
    ["two words", "Use letters, digits and _, and start with a letter."],
    ["2nd", "Use letters, digits and _, and start with a letter."],
    ["lambda", "lambda is a Python keyword."],
    ["_hidden", "Functions whose names start with _ are not nodes."],
    ["a__b", "Two underscores in a row are reserved for variants."],
    ["price", "Enter a different name."],
    ["total", "A node named total already exists."],
    ["quantity", "A node named quantity already exists."],
  ])("to %j", (to, reason) => {
    expect(rewritten(PRICE, "price", to)).toBe(reason);
  });

  it("if the new name has another meaning", () => {
    const local = "def total(price: int) -> int:\n    cost = 2\n    return price * cost\n";
    expect(rewritten(local, "price", "cost")).toBe("cost already has another meaning in total.");
    expect(rewritten(`import numpy as cost\n\n${PRICE}`, "price", "cost")).toBe(
      "cost already has another meaning in flow.py.",
    );
    const built = "def total(price: int) -> int:\n    return sum([price])\n";
    expect(rewritten(built, "price", "sum")).toBe("sum already has another meaning in total.");
  });

  it("while a module has a syntax error", () => {
    expect(rewritten({ "flow.py": PRICE, "other.py": "def f(" }, "price", "cost")).toBe(
      "other.py has a syntax error. Fix it first.",
    );
  });

  it("for names set by decorators or the config", () => {
    const known = graph([node("low", { function: "both" }), node("mode", { kind: "config", function: null })]);
    const text = '@extract_fields({"low": int})\ndef both(mode: str) -> dict: ...\n';
    expect(rewritten(text, "low", "least", known)).toBe("A decorator on both sets the name low. Change it there.");
    expect(rewritten(text, "mode", "way", known)).toBe("mode is a config key. Rename it in the config.");
  });
});

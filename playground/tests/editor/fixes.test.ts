import { describe, expect, it } from "vitest";
import { applyEdits } from "../../src/editor/edit.ts";
import { fixOf } from "../../src/editor/fixes.ts";
import type { ProblemView } from "../../src/protocol.ts";
import { graph, input, node } from "./dataflows.ts";

function problem(kind: string, line: number, more: Partial<ProblemView> = {}): ProblemView {
  return {
    kind,
    severity: "error",
    message: kind,
    file: "flow.py",
    line,
    column: null,
    node: null,
    frames: [],
    ...more,
  };
}

function fixed(text: string, about: ProblemView, known = graph([])): string | null {
  const fix = fixOf(about, "flow.py", text, { files: { "flow.py": text }, graph: known });
  return fix === null ? null : applyEdits(text, fix.edits);
}

describe("a missing annotation", () => {
  it("is copied from elsewhere in the code, or else is Any with its import", () => {
    const text =
      "import pandas as pd\n\ndef rain() -> pd.Series: ...\n\ndef total(rain, days, *, unit: str):\n    return rain\n";
    expect(fixed(text, problem("MissingAnnotation", 5))).toBe(
      "from typing import Any\nimport pandas as pd\n\ndef rain() -> pd.Series: ...\n\ndef total(rain: pd.Series, days: Any, *, unit: str) -> Any:\n    return rain\n",
    );
  });

  it("needs no import if Any is already imported or not used", () => {
    expect(fixed("from typing import Any, cast\ndef f(): ...\n", problem("MissingAnnotation", 2))).toBe(
      "from typing import Any, cast\ndef f() -> Any: ...\n",
    );
    const text = "def price(): ...\ndef total(price: int) -> int: ...\n";
    expect(fixed(text, problem("MissingAnnotation", 1))).toBe(text.replace("():", "() -> int:"));
  });

  it("is the type of one element if the rest of the code returns or collects all elements", () => {
    const text =
      "def word() -> Parallelizable[list[str]]: ...\ndef mark(word, size): ...\ndef all(size: Collect[int]): ...\n";
    expect(fixed(text, problem("MissingAnnotation", 2))).toContain("def mark(word: list[str], size: int) -> Any:");
  });

  it("gets its import below the docstring and the __future__ imports", () => {
    const head = '"""Of costs."""\n\nfrom __future__ import annotations\n';
    expect(fixed(`${head}\n\ndef f(): ...\n`, problem("MissingAnnotation", 6))).toBe(
      `${head}\nfrom typing import Any\n\n\ndef f() -> Any: ...\n`,
    );
    expect(fixed("def f(): ...\n", problem("MissingAnnotation", 1))).toBe(
      "from typing import Any\n\n\ndef f() -> Any: ...\n",
    );
  });
});

describe("a missing input", () => {
  const text = "def total(price: list[int]) -> int:\n    return sum(price)\n";
  const missing = problem("MissingInput", 1, { input: "price" });

  it("becomes a function of that name, with the expected type", () => {
    expect(fixed(text, missing, graph([node("total"), input("price")]))).toBe(
      `${text}\n\ndef price() -> list[int]:\n    raise NotImplementedError\n`,
    );
  });

  it("that a function already computes has no fix", () => {
    expect(fixed(text, missing, graph([node("total"), node("price")]))).toBeNull();
  });
});

describe("an argument that is changed in place", () => {
  const fixedBy = (text: string, line: number): string | null =>
    fixed(text, problem("ChangedArgumentWarning", line, { argument: "prices" }));

  it("is copied in the first statement after the docstring", () => {
    const head = "def total(prices: list[int]) -> int:\n";
    const rest = "    # more\n    prices.append(1)\n    return sum(prices)\n";
    const copy = "    prices = copy.deepcopy(prices)\n";
    const text = `import copy\n\n${head}    prices.append(1)\n    return sum(prices)\n`;
    expect(fixedBy(text, 3)).toBe(text.replace("    prices.append", `${copy}    prices.append`));
    const documented = `import copy\n\n${head}    """Of all."""\n${rest}`;
    expect(fixedBy(documented, 3)).toBe(documented.replace("    prices.append", `${copy}    prices.append`));
  });

  it("gets the import that the copy needs", () => {
    const text = "import json\n\ndef total(prices: list[int]) -> int:\n    return prices.pop()\n";
    expect(fixedBy(text, 3)).toBe(
      "import copy\nimport json\n\ndef total(prices: list[int]) -> int:\n    prices = copy.deepcopy(prices)\n    return prices.pop()\n",
    );
  });

  it("has no fix if the body is on the same line as the function", () => {
    expect(fixedBy("def total(prices: list[int]) -> int: return prices.pop()\n", 1)).toBeNull();
  });
});

it("offers no fix if only the visitor can know the right one", () => {
  expect(fixed("def f() -> int: ...\n", problem("CycleError", 1))).toBeNull();
  expect(fixed("x = 1\n", problem("MissingAnnotation", 1))).toBeNull();
});

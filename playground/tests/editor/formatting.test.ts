import { format } from "@wasm-fmt/ruff_fmt/node";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../../src/editor/edit.ts";
import { formatText } from "../../src/editor/formatting.ts";
import { editsBetween } from "../../src/editor/layout-edits.ts";

const UNTIDY = `import math
def  price( region:str )->float :
    return {'eu':20.0,
  "us" : 21.0}[region]
def total(price: float,  tax:float=.2) -> float:
    # with tax
    return price*(1+tax)
`;

const TIDY = `import math


def price(region: str) -> float:
    return {"eu": 20.0, "us": 21.0}[region]


def total(price: float, tax: float = 0.2) -> float:
    # with tax
    return price * (1 + tax)
`;

describe("a formatted module", () => {
  it("does not change when it is formatted again", () => {
    expect(formatText(UNTIDY, "flow.py", format)).toBe(TIDY);
    expect(formatText(TIDY, "flow.py", format)).toBe(TIDY);
  });

  it.each([
    ["def f(:\n    pass\n", "flow.py, line 1. Expected a parameter or the end of the parameter list."],
    ["é = 1\nx = 'é\n", "flow.py, line 2. Missing closing quote in string literal."],
    ["x = (1,\n", "flow.py, line 2. Unexpected EOF while parsing."],
  ])("is not returned for code with a syntax error: %j", (text, reason) => {
    expect(() => formatText(text, "flow.py", format)).toThrow(`Could not format ${reason}`);
  });

  it("is produced by edits that leave unchanged text alone", () => {
    const edits = editsBetween(UNTIDY, TIDY);
    expect(applyEdits(UNTIDY, edits)).toBe(TIDY);
    const comment = UNTIDY.indexOf("with tax");
    expect(edits.some(({ from, to }) => from <= comment && comment < to)).toBe(false);
  });

  it("is produced even from text that has nothing in common with it", () => {
    const before = Array.from({ length: 900 }, (_, line) => `before_${line}\n`).join("");
    const after = Array.from({ length: 900 }, (_, line) => `after_${line}\n`).join("");
    expect(applyEdits(before, editsBetween(before, after))).toBe(after);
  });
});

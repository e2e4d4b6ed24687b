import { describe, expect, it } from "vitest";
import { linesOf } from "../../src/editor/highlight.ts";

const CODE = `@tag(owner="a")
def total(price: int, rate: float = 0.5) -> float:
    """Doc
    over two lines."""
    return price * rate  # why
`;

describe("prerendered code", () => {
  it.each([CODE, "", "\n\n", "def broken(:\n  '''", "no newline at the end", "tab\there"])(
    "keeps the text: %j",
    (code) => {
      const text = linesOf(code)
        .map((line) => line.map((token) => token.text).join(""))
        .join("\n");
      expect(text).toBe(code);
    },
  );

  it("has the same lines as Python", () => {
    const lines = linesOf("# a\rb\r\nc\u2028d\x0ce").map((line) => line.map((token) => token.text).join(""));
    expect(lines).toEqual(["# a", "b", "c\u2028d\x0ce"]);
  });

  it("marks keywords, strings, numbers, comments and the names of functions", () => {
    const tokens = linesOf(CODE).flat();
    const classOf = (text: string): string | undefined => tokens.find((token) => token.text === text)?.classes;
    expect(classOf("def")).toBe("tok-keyword");
    expect(classOf("total")).toBe("tok-function");
    expect(classOf('"a"')).toBe("tok-string");
    expect(classOf("0.5")).toBe("tok-number");
    expect(classOf("# why")).toBe("tok-comment");
  });

  it.each([1, 3, 5, 6, 100])("is complete if only the first %i lines are highlighted", (colored) => {
    const lines = linesOf(CODE, colored);
    expect(lines.map((line) => line.map((token) => token.text).join("")).join("\n")).toBe(CODE);
    expect(
      lines
        .slice(colored)
        .flat()
        .some((token) => token.classes !== ""),
    ).toBe(false);
    expect(
      lines
        .slice(0, colored)
        .flat()
        .some((token) => token.classes !== ""),
    ).toBe(true);
  });
});

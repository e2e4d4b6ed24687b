import { describe, expect, it } from "vitest";
import { neighbourOf, removeFile, renameFile, restoreFile } from "../../src/files/changes.ts";

const FILES = { "costs.py": "1", "flow.py": "2", "data.csv": "costs" };

describe("a deleted file", () => {
  it("comes back in its place, beside what was changed meanwhile", () => {
    const files = { "a.py": "a", "b.csv": "b", "c.py": "c" };
    const left = { ...removeFile(files, "b.csv"), "c.py": "changed" };
    const back = restoreFile(left, { name: "b.csv", text: "b", at: 1 });
    expect(Object.entries(back)).toEqual([
      ["a.py", "a"],
      ["b.csv", "b"],
      ["c.py", "changed"],
    ]);
  });
});

describe("a renamed file", () => {
  it("keeps its text and its place among the tabs", () => {
    expect(Object.entries(renameFile(FILES, "flow.py", "shop.py"))).toEqual([
      ["costs.py", "1"],
      ["shop.py", "2"],
      ["data.csv", "costs"],
    ]);
  });

  it("is imported by its new name, and what is written below the import still holds", () => {
    const flow =
      "import costs\nimport os, costs as c\nfrom costs import price, costs\nfrom os import costs\ncosts.price()\n";
    expect(renameFile({ ...FILES, "flow.py": flow }, "costs.py", "prices.py")["flow.py"]).toBe(
      "import prices as costs\nimport os, prices as c\nfrom prices import price, costs\nfrom os import costs\ncosts.price()\n",
    );
  });

  it("of data changes no code", () => {
    expect(renameFile(FILES, "data.csv", "other.csv")["flow.py"]).toBe("2");
  });
});

it("a deleted file leaves the one behind it in front, or the one before", () => {
  expect(Object.keys(removeFile(FILES, "flow.py"))).toEqual(["costs.py", "data.csv"]);
  expect(neighbourOf(FILES, "flow.py")).toBe("data.csv");
  expect(neighbourOf(FILES, "data.csv")).toBe("flow.py");
});

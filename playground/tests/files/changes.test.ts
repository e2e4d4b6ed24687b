import { describe, expect, it } from "vitest";
import { neighborOf, removeFile, renameFile, restoreFile } from "../../src/files/changes.ts";

const FILES = { "costs.py": "1", "flow.py": "2", "data.csv": "costs" };

describe("a deleted file", () => {
  it("is restored at its position, and newer changes remain", () => {
    const files = { "a.py": "a", "b.csv": "b", "c.py": "c" };
    const left = { ...removeFile(files, "b.csv"), "c.py": "changed" };
    const back = restoreFile(left, { name: "b.csv", text: "b", index: 1 });
    expect(Object.entries(back)).toEqual([
      ["a.py", "a"],
      ["b.csv", "b"],
      ["c.py", "changed"],
    ]);
  });
});

describe("a renamed file", () => {
  it("keeps its text and its position among the tabs", () => {
    expect(Object.entries(renameFile(FILES, "flow.py", "shop.py"))).toEqual([
      ["costs.py", "1"],
      ["shop.py", "2"],
      ["data.csv", "costs"],
    ]);
  });

  it("is imported under its new name, and the code below the import still works", () => {
    const flow =
      "import costs\nimport os, costs as c\nfrom costs import price, costs\nfrom os import costs\ncosts.price()\n";
    expect(renameFile({ ...FILES, "flow.py": flow }, "costs.py", "prices.py")["flow.py"]).toBe(
      "import prices as costs\nimport os, prices as c\nfrom prices import price, costs\nfrom os import costs\ncosts.price()\n",
    );
  });

  it("that holds data does not change code", () => {
    expect(renameFile(FILES, "data.csv", "other.csv")["flow.py"]).toBe("2");
  });
});

it("deleting a file shows the next one, or the previous one", () => {
  expect(Object.keys(removeFile(FILES, "flow.py"))).toEqual(["costs.py", "data.csv"]);
  expect(neighborOf(FILES, "flow.py")).toBe("data.csv");
  expect(neighborOf(FILES, "data.csv")).toBe("flow.py");
});

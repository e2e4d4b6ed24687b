import { describe, expect, it } from "vitest";
import type { Example } from "../../src/example.ts";
import { dataLicensesOf } from "../../src/export/data-licenses.ts";

const RAIN = { source: "Rain in Ghent", url: "https://rain.example/", license: "CC0-1.0" };
const EXAMPLE = {
  title: "Rain",
  files: { "flow.py": "def wet(): ...\n", "rain.csv": "1\n" },
  credits: { "rain.csv": RAIN },
} as unknown as Example;

describe("The note about data", () => {
  it("names the source and the license of an example's file", () => {
    expect(dataLicensesOf(EXAMPLE, { ...EXAMPLE.files, "flow.py": "changed" }, "dataflow/")).toBe(
      `# Licenses of the data

These files come from the example “Rain”:

- \`dataflow/rain.csv\`: Rain in Ghent (<https://rain.example/>). License: CC0-1.0.
`,
    );
  });

  it.each([
    ["replaced the file", { "flow.py": "", "rain.csv": "2\n" }],
    ["removed the file", { "flow.py": "" }],
    ["has only other files", { "mine.csv": "1\n" }],
  ])("is left out if the visitor %s", (_, files) => {
    expect(dataLicensesOf(EXAMPLE, files as Example["files"], "dataflow/")).toBeNull();
  });

  it("is left out for code that does not come from an example", () => {
    expect(dataLicensesOf(null, EXAMPLE.files, "dataflow/")).toBeNull();
  });

  it("does not mention files that the export leaves out", () => {
    const two = { ...EXAMPLE, credits: { "rain.csv": RAIN, "snow.csv": RAIN } };
    expect(dataLicensesOf(two, EXAMPLE.files, "")).not.toContain("snow.csv");
  });
});

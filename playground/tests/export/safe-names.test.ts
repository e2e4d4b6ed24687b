import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { caseless, fileStem, folderName, isSafeName } from "../../src/export/safe-names.ts";

/** The engine refuses all of these, too. */
const UNSAFE: string[] = JSON.parse(
  readFileSync(new URL("../../../tests/export/unsafe_names.json", import.meta.url), "utf-8"),
);

it.each(UNSAFE)("an unsafe name is refused: %j", (name) => {
  expect(isSafeName(name)).toBe(false);
});

it.each([`${"a".repeat(97)}.csv`, "x\n.py", "run.py\n", "dа\u0300\u202fta.csv"])(
  "another unsafe name is refused: %j",
  (name) => {
    expect(isSafeName(name)).toBe(false);
  },
);

it.each([
  "flow.py",
  "run.py",
  "main.py",
  "größe.py",
  "Console.csv",
  "README.md",
  "data-2026 1.csv",
  "my data (1).csv",
  "results [v2], 50% & more.csv",
  "München – 3 €.csv",
  "setup.csv",
  "天気.csv",
])("an ordinary name is accepted: %s", (name) => {
  expect(isSafeName(name)).toBe(true);
});

it.each([
  ["Seattle weather (2026)", "seattle-weather-2026"],
  ["", "dataflow"],
  ["../..", "dataflow"],
  ["C:\\Windows", "c-windows"],
  ["CON", "con-dataflow"],
  ["dot\u202egnp.html", "dot-gnp-html"],
  ["\0\ud800", "dataflow"],
  ["天気", "dataflow"],
  [`${"x".repeat(59)}-y`, "x".repeat(59)],
  ["-".repeat(100_000), "dataflow"],
])("a title becomes a folder name: %j", (title, name) => {
  expect(folderName(title)).toBe(name);
});

it.each([
  ["total", "total"],
  ["_hidden", "_hidden"],
  ["rain (mm)", "rain_mm"],
  ["../../etc/passwd", "etc_passwd"],
  ["dot\u202egnp.html", "dot_gnp_html"],
  ["größe", "gr_e"],
  ["天気", "value"],
  ["\0", "value"],
  ["x".repeat(10_000), "x".repeat(60)],
])("a node name becomes part of a file name: %j", (node, stem) => {
  expect(fileStem(node)).toBe(stem);
});

it("names that are the same on some systems have the same caseless form", () => {
  for (const [name, other] of [
    ["Data.csv", "data.CSV"],
    ["STRASSE.csv", "straße.csv"],
    ["é.csv", "e\u0301.csv"],
  ] as const)
    expect(caseless(name)).toBe(caseless(other));
  expect(caseless("a.csv")).not.toBe(caseless("b.csv"));
});

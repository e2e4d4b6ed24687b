import { describe, expect, it } from "vitest";
import { nameProblem } from "../../src/files/names.ts";

const RULE =
  'A file name cannot contain / \\ : < > " | ? * or invisible characters, start with a dot, a space, - or ~, or end with a dot or a space.';

const moduleRule = (like: string): string =>
  `A module name can contain only letters, digits and _, and cannot start with a digit. Try ${like}.`;

describe("the name of a file", () => {
  it.each([
    "costs.py",
    "Zürich_2.py",
    "seattle weather-2.csv",
    "notes.txt",
    "my data (1).csv",
    "results [v2] {final}.csv",
    "a & b, c; d.csv",
    "50%.csv",
    "it's + mine.csv",
    "$prices #2 @home =x!.csv",
    "München – Köln.csv",
    "“quoted”.csv",
    "3 €.csv",
    "天気（1）.csv",
    "मौसम.csv",
    "rain ☔.csv",
    "(1).csv",
    "archive.tar.txt",
  ])("may be %s", (name) => {
    expect(nameProblem(name, {})).toBeNull();
  });

  it.each([
    ["", "Enter a file name."],
    [".hidden.csv", RULE],
    ["folder/costs.py", RULE],
    ["folder\\costs.py", RULE],
    ["C:costs.csv", RULE],
    ["folder\uff0fcosts.csv", RULE],
    ["folder\u2215costs.csv", RULE],
    ["-rf.csv", RULE],
    ["~root.csv", RULE],
    [" a.csv", RULE],
    ["a.csv ", RULE],
    ["a.csv.", RULE],
    ["a\nb.csv", RULE],
    ["a\0.csv", RULE],
    ["vsc\u202e.csv", RULE],
    ["\u200fa.csv", RULE],
    ["a\u200bb.csv", RULE],
    ["a\u00a0b.csv", RULE],
    ["\u3164.csv", RULE],
    ["a\u034f.csv", RULE],
    ["\ud800.csv", RULE],
    ["\u0301a.csv", RULE],
    ["costs", "Add an extension: .py for a module; .csv, .json or .txt for data."],
    ["2nd-try.py", moduleRule("flow_2nd_try.py")],
    ["my data (1).py", moduleRule("my_data_1.py")],
    ["flow.PY", moduleRule("flow.py")],
    ["(!).py", moduleRule("daily_costs.py")],
    [`${"a".repeat(100)}.csv`, "A file name can have at most 100 characters."],
    [`${"天".repeat(90)}.csv`, "A file name can have at most 240 bytes; this one has 274."],
    ["Flow.py", "A file named Flow.py already exists."],
    ["DATA (1).csv", "A file named DATA (1).csv already exists."],
  ])("cannot be %j", (name, reason) => {
    expect(nameProblem(name, { "flow.py": "", "data (1).csv": "" })).toBe(reason);
  });
});

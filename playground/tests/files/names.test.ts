import { describe, expect, it } from "vitest";
import { nameRefusal } from "../../src/files/names.ts";

const RULE =
  'A name has no / \\ : < > " | ? * and no invisible characters. It does not begin with a dot, a space, - or ~, or end with a dot or a space.';

const moduleRule = (like: string): string =>
  `A module's name has only letters, digits and _, does not begin with a digit, and ends with .py, like ${like}.`;

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
    expect(nameRefusal(name, {})).toBeNull();
  });

  it.each([
    ["", "A file needs a name."],
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
    ["costs", "The ending says what it is: .py for a module, .csv, .json or .txt for data."],
    ["2nd-try.py", moduleRule("flow_2nd_try.py")],
    ["my data (1).py", moduleRule("my_data_1.py")],
    ["flow.PY", moduleRule("flow.py")],
    ["(!).py", moduleRule("daily_costs.py")],
    [`${"a".repeat(100)}.csv`, "A name has at most 100 characters."],
    [`${"天".repeat(90)}.csv`, "A name has at most 240 bytes, and this one has 274."],
    ["Flow.py", "There is a file Flow.py already."],
    ["DATA (1).csv", "There is a file DATA (1).csv already."],
  ])("cannot be %j", (name, reason) => {
    expect(nameRefusal(name, { "flow.py": "", "data (1).csv": "" })).toBe(reason);
  });
});

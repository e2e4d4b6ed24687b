import { describe, expect, it } from "vitest";
import { nameRefusal } from "../../src/files/names.ts";

describe("the name of a file", () => {
  it.each(["costs.py", "Zürich_2.py", "seattle weather-2.csv", "notes.txt"])("may be %s", (name) => {
    expect(nameRefusal(name, {})).toBeNull();
  });

  it.each([
    ["", "A file needs a name."],
    [".hidden.csv", "A name has letters, digits, spaces, dots, - and _, and begins with a letter or digit."],
    ["folder/costs.py", "A name has letters, digits, spaces, dots, - and _, and begins with a letter or digit."],
    ["costs", "The ending says what it is: .py for a module, .csv, .json or .txt for data."],
    ["2nd-try.py", "A module has a name that can be imported, like daily_costs.py."],
    [`${"a".repeat(100)}.csv`, "A name has at most 100 characters."],
    ["Flow.py", "There is a file Flow.py already."],
  ])("cannot be %j", (name, reason) => {
    expect(nameRefusal(name, { "flow.py": "" })).toBe(reason);
  });
});

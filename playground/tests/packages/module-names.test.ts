import { describe, expect, it } from "vitest";
import { missingModule } from "../../src/packages/module-names.ts";

describe("a module that is missing", () => {
  it.each([
    ["ModuleNotFoundError", "No module named 'shout'", "shout"],
    ["ModuleNotFoundError", "No module named 'shout.loud'", "shout"],
    [
      "ModuleNotFoundError",
      "Python in the browser is built without `sqlite3`, a module of the standard library.",
      null,
    ],
    ["ImportError", "Missing optional dependency 'openpyxl'. Use pip or conda to install openpyxl.", "openpyxl"],
    ["ImportError", "`Import lxml` failed. Use pip or conda to install the lxml package.", "lxml"],
    ["ImportError", "cannot import name 'x' from 'y'", null],
    ["AttributeError", "The '.style' accessor requires jinja2. `DataFrame` has `style`: ...", "jinja2"],
    ["AttributeError", "'str' object has no attribute 'x'", null],
    ["ValueError", "No module named 'shout'", null],
    ["constructor", "No module named 'shout'", null],
  ])("%s: %s", (kind, message, module) => {
    expect(missingModule({ kind, message })).toBe(module);
  });
});

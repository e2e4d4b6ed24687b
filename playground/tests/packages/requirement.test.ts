import { describe, expect, it } from "vitest";
import { BadRequirement, normalizeName, requirementOf } from "../../src/packages/requirement.ts";
import { ENVIRONMENT } from "../../src/packages/resolve.ts";

const requirement = (text: string, extras: string[] = []) => requirementOf(text, ENVIRONMENT, extras);

describe("a requirement", () => {
  it.each([
    ["wcwidth", { project: "wcwidth", extras: [], versions: "" }],
    ["Foo.Bar_baz>=1.2,<2", { project: "foo-bar-baz", extras: [], versions: ">=1.2,<2" }],
    [
      "urllib3[socks, brotli] (>=1.26,!=2.0.*)",
      { project: "urllib3", extras: ["socks", "brotli"], versions: ">=1.26,!=2.0.*" },
    ],
    ["six ~= 1.5 ; python_version >= '3.8'", { project: "six", extras: [], versions: "~= 1.5" }],
  ])("%s", (text, read) => {
    expect(requirement(text)).toEqual(read);
  });

  it.each([
    ["python_version < '3.10'", false],
    ['python_version >= "3.9" and python_version<"3.13"', true],
    ["sys_platform == 'win32' or os_name == 'posix'", true],
    ["(sys_platform == 'win32' or os_name == 'posix') and implementation_name == 'pypy'", false],
    ["sys_platform == 'emscripten'", true],
    ["platform_machine not in 'x86_64 AMD64'", true],
    ["'linux' in sys_platform", false],
    ["python_full_version == '3.12.*'", true],
    ["extra == 'dev'", false],
  ])("applies only if %s holds", (marker, holds) => {
    expect(requirement(`six; ${marker}`) !== null).toBe(holds);
  });

  it("depends on extras", () => {
    expect(requirement("six; extra == 'dev'", ["dev"])).not.toBeNull();
    expect(requirement("six; extra == 'dev'", ["test"])).toBeNull();
  });

  it.each([
    "",
    "==1",
    "six; python_version >",
    "six; moon == 'full'",
    "six; (os_name == 'posix'",
    "a @ https://example.org/a.whl",
  ])("is invalid: %j", (text) => {
    expect(() => requirement(text)).toThrow(BadRequirement);
  });

  it("has a normalized name", () => {
    expect(["Foo.bar", "foo_bar", "FOO--bar"].map(normalizeName)).toEqual(["foo-bar", "foo-bar", "foo-bar"]);
  });
});

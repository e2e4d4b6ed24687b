import "fake-indexeddb/auto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { allow, digestOf, isAllowed, type Runnable } from "../../src/share/consents.ts";

const CODE: Runnable = {
  files: { "a.py": "1", "b.py": "2" },
  outputs: null,
  given: { inputs: {}, config: {}, overrides: {} },
};

async function digest(code: Runnable): Promise<string> {
  return (await digestOf(code)) ?? "";
}

describe("leave to run a stranger's code", () => {
  afterEach(() => vi.restoreAllMocks());

  it("is remembered for that very code", async () => {
    expect(await isAllowed(await digest(CODE))).toBe(false);
    await allow(await digest(CODE));
    expect(await isAllowed(await digest(CODE))).toBe(true);
    expect(await isAllowed(await digest({ ...CODE, files: { "b.py": "2", "a.py": "1" } }))).toBe(true);
  });

  it.each([
    ["a changed letter", { ...CODE, files: { "a.py": "1", "b.py": "3" } }],
    ["another file name", { ...CODE, files: { "a.py": "1", "c.py": "2" } }],
    ["a file more", { ...CODE, files: { ...CODE.files, "c.py": "" } }],
    ["the same text in other files", { ...CODE, files: { "a.py": "2", "b.py": "1" } }],
    ["other outputs", { ...CODE, outputs: ["a"] }],
    ["another input", { ...CODE, given: { inputs: { a: "1" }, config: {}, overrides: {} } }],
  ])("is not given for %s", async (_, other) => {
    await allow(await digest(CODE));
    expect(await isAllowed(await digest(other))).toBe(false);
  });

  it("is asked for again where the browser remembers nothing", async () => {
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("", "QuotaExceededError");
    });
    const other = await digest({ ...CODE, outputs: ["z"] });
    await allow(other);
    expect(await isAllowed(other)).toBe(false);
  });
});

import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Runnable } from "../../src/share/consent-store.ts";

const surroundings = vi.hoisted(() => ({ framed: false }));
vi.mock("../../src/embed/ancestors.ts", () => ({ isFramedByAnotherOrigin: () => surroundings.framed }));

const GIVEN = { inputs: {}, config: {}, overrides: {} };
const CODE: Runnable = { files: { "a.py": "1", "b.py": "2" }, outputs: null, fieldTexts: GIVEN };

/** Return the module as it is after a reload: only stored consent remains. */
async function loaded(): Promise<typeof import("../../src/share/consent-store.ts")> {
  vi.resetModules();
  return import("../../src/share/consent-store.ts");
}

describe("consent to run untrusted code", () => {
  let consents: typeof import("../../src/share/consent-store.ts");

  beforeEach(async () => {
    consents = await loaded();
  });

  afterEach(() => {
    surroundings.framed = false;
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it("is stored for exactly that code", async () => {
    const { allow, isAllowed } = consents;
    expect(await isAllowed(CODE)).toBe(false);
    await allow(CODE);
    expect(await isAllowed(CODE)).toBe(true);
    expect(await (await loaded()).isAllowed(CODE)).toBe(true);
  });

  it.each<[string, Runnable]>([
    ["a different file order", { ...CODE, files: { "b.py": "2", "a.py": "1" } }],
    ["no values at all", { files: CODE.files, outputs: null }],
    [
      "values from before overrides existed",
      { ...CODE, fieldTexts: { inputs: {}, config: {} } as unknown as typeof GIVEN },
    ],
  ])("holds for the same code with %s", async (_, same) => {
    await consents.allow(CODE);
    expect(await (await loaded()).isAllowed(same)).toBe(true);
  });

  it("holds for values in any order", async () => {
    const config = { a: "1", b: "2" };
    await consents.allow({ ...CODE, fieldTexts: { ...GIVEN, config } });
    const other = { ...CODE, fieldTexts: { ...GIVEN, config: { b: "2", a: "1" } } };
    expect(await (await loaded()).isAllowed(other)).toBe(true);
  });

  it.each<[string, Runnable]>([
    ["a changed letter", { ...CODE, files: { "a.py": "1", "b.py": "3" } }],
    ["another line ending", { ...CODE, files: { "a.py": "1\r", "b.py": "2" } }],
    ["another file name", { ...CODE, files: { "a.py": "1", "c.py": "2" } }],
    ["one more file", { ...CODE, files: { ...CODE.files, "c.py": "" } }],
    ["one file fewer", { ...CODE, files: { "a.py": "1" } }],
    ["the same text in other files", { ...CODE, files: { "a.py": "2", "b.py": "1" } }],
    ["other outputs", { ...CODE, outputs: ["a"] }],
    ["another input", { ...CODE, fieldTexts: { ...GIVEN, inputs: { a: "1" } } }],
    ["another config", { ...CODE, fieldTexts: { ...GIVEN, config: { a: "1" } } }],
    ["another override", { ...CODE, fieldTexts: { ...GIVEN, overrides: { a: "1" } } }],
  ])("does not hold for %s, before or after a reload", async (_, other) => {
    await consents.allow(CODE);
    expect(consents.isAllowedHere(other)).toBe(false);
    expect(await consents.isAllowed(other)).toBe(false);
    expect(await (await loaded()).isAllowed(other)).toBe(false);
  });

  it("holds on the page at once, before the browser has stored it", () => {
    const code = { ...CODE, outputs: ["at once"] };
    void consents.allow(code);
    expect(consents.isAllowedHere(code)).toBe(true);
  });

  it("holds until the page is left if the browser stores nothing", async () => {
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("", "QuotaExceededError");
    });
    const code = { ...CODE, outputs: ["z"] };
    await consents.allow(code);
    expect(await consents.isAllowed(code)).toBe(true);
    expect(await (await loaded()).isAllowed(code)).toBe(false);
  });

  it("is neither looked up nor stored if another site frames the page", async () => {
    const outside: Runnable = { ...CODE, outputs: ["outside"] };
    const inside: Runnable = { ...CODE, outputs: ["inside"] };
    await consents.allow(outside);
    surroundings.framed = true;
    const framed = await loaded();
    expect(await framed.isAllowed(outside)).toBe(false);
    await framed.allow(inside);
    expect(await framed.isAllowed(inside)).toBe(true);
    surroundings.framed = false;
    expect(await (await loaded()).isAllowed(inside)).toBe(false);
  });

  it("holds until the page is left if the browser computes no digests", async () => {
    vi.stubGlobal("crypto", {});
    const code = { ...CODE, outputs: ["y"] };
    await consents.allow(code);
    expect(await consents.isAllowed(code)).toBe(true);
    vi.unstubAllGlobals();
    expect(await (await loaded()).isAllowed(code)).toBe(false);
  });
});

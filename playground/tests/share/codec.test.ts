import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  BadLink,
  decode,
  encode,
  LARGEST_CONTENT,
  LONGEST_PAYLOAD,
  type Shared,
  Unshareable,
} from "../../src/share/codec.ts";

const DATAFLOWS: [string, Shared][] = [
  ["no file", { files: {} }],
  ["a module", { files: { "flow.py": "def a() -> int:\n    return 1\n" }, engine: "0.1.0" }],
  [
    "text of many scripts",
    { title: "Grüße, 世界 🌊", files: { "größe.py": "# naïve – “quoted” 🙂\n", "data.csv": "a,b\r\n1,é\n" } },
  ],
  ["a changed example", { example: "seattle-weather", files: { "features.py": "x = 1\n", "old.csv": null } }],
  [
    "a file that is told",
    { example: "seattle-weather", edition: "1x2y3z", files: {}, told: { "features.py": "\x7f!#%x" } },
  ],
  ["all outputs", { files: { "a.py": "" }, outputs: null }],
  ["changed lines", { example: "seattle-weather", files: {}, patches: { "features.py": ["1x2y3z", 3, 0, "°"] } }],
  ["overrides", { files: { "a.py": "" }, given: { inputs: {}, config: {}, overrides: { a: '{"b": [1.0]}' } } }],
  ["inputs and config", { files: { "a.py": "" }, given: { inputs: { n: "1.0" }, config: { region: '"US"' } } }],
  ["choices", { files: { "a.py": "" }, outputs: ["a", "b"], selected: "a" }],
];

/** A fragment with any content, as somebody could make it by hand. */
function fragmentOf(content: string | Uint8Array): string {
  return `#v1.${deflateRawSync(content).toString("base64url")}`;
}

describe("a link", () => {
  it.each(DATAFLOWS)("opens as it was shared: %s", async (_, shared) => {
    expect(await decode(await encode(shared))).toEqual(shared);
  });

  it("stands in the fragment with characters that need no escaping", async () => {
    for (const [, shared] of DATAFLOWS) expect(await encode(shared)).toMatch(/^#v1\.[A-Za-z0-9_-]+$/);
  });

  it.each(["first", "unicode-delta", "patched", "told", "terminal"])("made long ago still opens: %s", async (name) => {
    const read = (ending: string): string =>
      readFileSync(new URL(`golden/${name}.${ending}`, import.meta.url), "utf-8");
    expect(await decode(read("txt").trim())).toEqual(JSON.parse(read("json")));
  });

  it("leaves out what a later version may have added", async () => {
    const later = fragmentOf(JSON.stringify({ files: { "a.py": "1" }, colour: "green" }));
    expect(await decode(later)).toEqual({ files: { "a.py": "1" } });
  });
});

describe("a link that does not open says why", () => {
  const bomb = deflateRawSync(Buffer.alloc(LARGEST_CONTENT * 20)).toString("base64url");
  const file = (name: string): string => fragmentOf(JSON.stringify({ files: { [name]: "" } }));

  it.each([
    ["made by a newer version", "#v3.abc", "newer Headwater (v3)"],
    ["no link at all", "#section", "does not begin as links to code do"],
    ["without content", "#v1.", "a part may have been lost"],
    ["with strange characters", "#v1.a b", "characters that no link has"],
    ["cut short", fragmentOf(JSON.stringify({ files: { "a.py": "text ".repeat(50) } })).slice(0, 30), "damaged"],
    ["of an impossible length", "#v1.abcde", "damaged"],
    ["not deflated", `#v1.${Buffer.from("plain").toString("base64url")}`, "damaged"],
    ["too long", `#v1.${"A".repeat(LONGEST_PAYLOAD + 1)}`, "longer than any link"],
    ["that unfolds without end", `#v1.${bomb}`, "unfolds to more"],
    ["not of text", fragmentOf(Uint8Array.from([0xff, 0xfe, 0x00])), "cannot be read"],
    ["not of JSON", fragmentOf("{"), "cannot be read"],
    ["of files without names", fragmentOf(JSON.stringify({ files: ["x = 1"] })), "lists files without their names"],
    ["of a list", fragmentOf(JSON.stringify([{ "flow.py": "x = 1" }])), "It is a list"],
    ["of something else", fragmentOf("3"), "something else than a dataflow"],
    ["without files", fragmentOf('{"files": 3}'), "something else than a dataflow"],
    ["with a file that is no text", fragmentOf('{"files": {"a.py": 3}}'), "something else than a dataflow"],
    [
      "with an input that is no value",
      fragmentOf('{"files": {}, "given": {"inputs": {"a": "import os"}, "config": {}}}'),
      "a value that is none",
    ],
    [
      "with changes that are none",
      fragmentOf('{"files": {}, "patches": {"a.py": ["x", "y"]}}'),
      "changes that are none",
    ],
    [
      "with a path for a changed file",
      fragmentOf('{"files": {}, "patches": {"../a.py": ["x"]}}'),
      "a name that is none",
    ],
    ["with a path for a file", file("../a.py"), "A file has a name that is none"],
    ["with a folder for a file", file("a/b.py"), "A file has a name that is none"],
    ["with a hidden file", file(".env"), "A file has a name that is none"],
    ["with an example of another site", fragmentOf('{"files": {}, "example": "../../x"}'), "an example that cannot be"],
    [
      "with too many files",
      fragmentOf(JSON.stringify({ files: Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`f${i}.py`, ""])) })),
      "more than 40 files",
    ],
  ])("%s", async (_, fragment, reason) => {
    const error = await decode(fragment).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadLink);
    expect((error as BadLink).message).toContain(reason);
  });

  it("keeps a prototype from being touched", async () => {
    const shared = await decode(fragmentOf('{"files": {"a.py": ""}, "__proto__": {"polluted": true}}'));
    expect("polluted" in shared).toBe(false);
    expect("polluted" in {}).toBe(false);
  });
});

describe("a link that unfolds without end", () => {
  afterEach(() => void vi.unstubAllGlobals());

  it("is given up after its first bytes", async () => {
    let taken = 0;
    /** Counts what goes in; what comes out is inflated as ever. */
    class Counting extends DecompressionStream {
      override readonly writable: WritableStream<BufferSource>;
      constructor(format: CompressionFormat) {
        super(format);
        const writer = super.writable.getWriter();
        this.writable = new WritableStream({
          write: (chunk) => {
            taken += chunk.byteLength;
            return writer.write(chunk);
          },
          close: () => writer.close(),
          abort: (reason) => writer.abort(reason),
        });
      }
    }
    vi.stubGlobal("DecompressionStream", Counting);
    const bomb = deflateRawSync(Buffer.alloc(LARGEST_CONTENT * 50));
    await expect(decode(`#v1.${bomb.toString("base64url")}`)).rejects.toThrow(BadLink);
    expect(taken).toBeLessThan(bomb.length / 4);
  });
});

describe("what no link could be opened with is not shared", () => {
  it.each([
    [
      "data that hardly deflates",
      { "noise.csv": randomBytes(LONGEST_PAYLOAD).toString("base64") },
      "too much for a link",
    ],
    [
      "a page of data without end",
      { "flat.csv": "1,2,3\n".repeat(LARGEST_CONTENT / 5) },
      "2,801 kB, where 2,000 kB fit",
    ],
    ["many files", Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`f${i}.py`, ""])), "more than 40 files"],
  ])("%s", async (_, files, reason) => {
    const error = await encode({ files }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unshareable);
    expect((error as Unshareable).message).toContain(reason);
  });

  it("up to the last character that a link may have", async () => {
    const data = randomBytes(LONGEST_PAYLOAD * 0.7).toString("base64");
    const link = await encode({ files: { "noise.csv": data } });
    expect(link.length).toBeGreaterThan(LONGEST_PAYLOAD * 0.9);
    expect((await decode(link)).files["noise.csv"]).toBe(data);
  });
});

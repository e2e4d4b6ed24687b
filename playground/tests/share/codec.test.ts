import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Files } from "../../src/protocol.ts";
import {
  BadLink,
  decode,
  encode,
  LARGEST_CONTENT,
  type LinkBase,
  type LinkContent,
  LONGEST_PAYLOAD,
  parseFragment,
  Unshareable,
} from "../../src/share/codec.ts";
import { dictionaryFor } from "../../src/share/dictionary.ts";

const DATAFLOWS: [string, LinkContent][] = [
  ["no file", { files: {} }],
  ["a module", { files: { "flow.py": "def a() -> int:\n    return 1\n" }, engine: "0.1.0" }],
  [
    "text of many scripts",
    { title: "Grüße, 世界 🌊", files: { "größe.py": "# naïve – “quoted” 🙂\n", "data.csv": "a,b\r\n1,é\n" } },
  ],
  ["a file that is gone", { files: { "features.py": "x = 1\n", "old.csv": null } }],
  ["changed data", { files: {}, spliced: { "data.csv": [[3, 10, "°"]] } }],
  ["all outputs", { files: { "a.py": "" }, outputs: null }],
  ["overrides", { files: { "a.py": "" }, given: { inputs: {}, config: {}, overrides: { a: '{"b": [1.0]}' } } }],
  ["inputs and config", { files: { "a.py": "" }, given: { inputs: { n: "1.0" }, config: { region: '"US"' } } }],
  [
    "inputs that are called as every object's own",
    { files: { "a.py": "" }, given: { inputs: { constructor: "1", prototype: "2" }, config: { toString: "3" } } },
  ],
  ["choices", { files: { "a.py": "" }, outputs: ["a", "b"], selected: "a" }],
];
const BASE = {
  "features.py": "def warm(temperature: float) -> bool:\n    return temperature > 20\n",
  "data.csv": "1\n",
};
const ORIGIN = { example: "seattle-weather", edition: "1x2y3z" };

/** A fragment with any content, as somebody could make it by hand: without a dictionary. */
function fragmentOf(content: string | Uint8Array): string {
  return `#v1.${deflateSync(content).toString("base64url")}`;
}

/** What a link to code of its own holds. */
function contentOf(fragment: string): LinkContent {
  return decode(parseFragment(fragment), {});
}

function ownLink(shared: LinkContent): Promise<string> {
  return encode(shared, null, {});
}

describe("a link", () => {
  it.each(DATAFLOWS)("opens as it was shared: %s", async (_, shared) => {
    expect(contentOf(await ownLink(shared))).toEqual(shared);
    const ofExample = parseFragment(await encode(shared, ORIGIN, BASE));
    expect(ofExample.origin).toEqual(ORIGIN);
    expect(decode(ofExample, BASE)).toEqual(shared);
  });

  it("stands in the fragment with characters that need no escaping", async () => {
    for (const [, shared] of DATAFLOWS) {
      expect(await ownLink(shared)).toMatch(/^#v1\.[A-Za-z0-9_-]+$/);
      expect(await encode(shared, ORIGIN, BASE)).toMatch(/^#v1\.seattle-weather\.1x2y3z\.[A-Za-z0-9_-]+$/);
    }
  });

  it.each(["own", "unicode", "without-dictionary", "terminal", "example"])(
    "made long ago still opens: %s",
    async (name) => {
      const read = (ending: string): string =>
        readFileSync(new URL(`golden/${name}.${ending}`, import.meta.url), "utf-8");
      const { origin, base, shared }: { origin: LinkBase | null; base: Files; shared: LinkContent } = JSON.parse(
        read("json"),
      );
      const packed = parseFragment(read("txt").trim());
      expect(packed.origin).toEqual(origin);
      expect(decode(packed, base)).toEqual(shared);
    },
  );

  it("opens at the end of a sentence", async () => {
    const [, shared] = DATAFLOWS[1] ?? [];
    expect(contentOf(`${await ownLink(shared as LinkContent)}.`)).toEqual(shared);
  });

  it("leaves out what a later version may have added", () => {
    const later = fragmentOf(JSON.stringify({ files: { "a.py": "1" }, colour: "green" }));
    expect(contentOf(later)).toEqual({ files: { "a.py": "1" } });
  });

  it("is short where the example says the same", async () => {
    const shared = { files: { "features.py": BASE["features.py"].replace("20", "25") } };
    const length = async (base: Files) => (await encode(shared, ORIGIN, base)).length;
    expect(await length(BASE)).toBeLessThan((await length({})) - 30);
  });
});

describe("a link that does not open says why", () => {
  const bomb = deflateSync(Buffer.alloc(LARGEST_CONTENT * 20)).toString("base64url");
  const file = (name: string): string => fragmentOf(JSON.stringify({ files: { [name]: "" } }));
  const ofOther = (dictionary: Uint8Array): string =>
    `#v1.${deflateSync('{"files": {"a.py": ""}}', { dictionary }).toString("base64url")}`;

  it.each([
    ["made by a newer version", "#v3.abc", "newer Headwater (v3)"],
    ["made with another dictionary", ofOther(dictionaryFor(BASE)), "another version of Headwater"],
    ["no link at all", "#section", "does not begin as links to code do"],
    ["without content", "#v1.", "a part may have been lost"],
    ["without anything", "#v1", "a part may have been lost"],
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
      fragmentOf('{"files": {}, "spliced": {"a.csv": [[-1, 0.5, ""]]}}'),
      "something else than a dataflow",
    ],
    [
      "with a path for changed data",
      fragmentOf('{"files": {}, "spliced": {"../a": [[0, 0, ""]]}}'),
      "a name that is none",
    ],
    ["with a path for a file", file("../a.py"), "A file has a name that is none"],
    ["with a folder for a file", file("a/b.py"), "A file has a name that is none"],
    ["with a hidden file", file(".env"), "A file has a name that is none"],
    ["with an example of another site", "#v1.https://x.1x2y3z.AAAA", "an example that cannot be"],
    ["with an example of another folder", "#v1./play/index.1x2y3z.AAAA", "an example that cannot be"],
    ["with an edition of another folder", "#v1.hello./x.AAAA", "an edition that cannot be"],
    ["with an example alone", "#v1.hello.AAAA", "too many or too few parts"],
    ["with too many parts", "#v1.hello.1x2y3z.AAAA.AAAA", "too many or too few parts"],
    [
      "with too many files",
      fragmentOf(JSON.stringify({ files: Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`f${i}.py`, ""])) })),
      "more than 40 files",
    ],
  ])("%s", (_, fragment, reason) => {
    expect(() => contentOf(fragment)).toThrow(BadLink);
    expect(() => contentOf(fragment)).toThrow(reason);
  });

  it.each([
    ["outputs", `{"files": {}, "outputs": [${"1,".repeat(900_000)}1]}`],
    ["inputs", `{"files": {}, "given": {"inputs": [${'"x",'.repeat(450_000)}"x"], "config": {}}}`],
    ["files", `{"files": [${'"x",'.repeat(450_000)}"x"]}`],
  ])("with a million %s that are none", (_, content) => {
    expect(() => contentOf(fragmentOf(content))).toThrow("something else than a dataflow");
  });

  it("for inputs in a list", () => {
    const link = fragmentOf('{"files": {"a.py": ""}, "given": {"inputs": ["1"], "config": {}}}');
    expect(() => contentOf(link)).toThrow("something else than a dataflow");
  });

  it("keeps a prototype from being touched", () => {
    const shared = contentOf(fragmentOf('{"files": {"a.py": ""}, "__proto__": {"polluted": true}}'));
    expect("polluted" in shared).toBe(false);
    expect("polluted" in {}).toBe(false);
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
    const error = await ownLink({ files }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unshareable);
    expect((error as Unshareable).message).toContain(reason);
  });

  it("up to the last character that a link may have", async () => {
    const data = randomBytes(LONGEST_PAYLOAD * 0.7).toString("base64");
    const link = await ownLink({ files: { "noise.csv": data } });
    expect(link.length).toBeGreaterThan(LONGEST_PAYLOAD * 0.9);
    expect(contentOf(link).files["noise.csv"]).toBe(data);
  });
});

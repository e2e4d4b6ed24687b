import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Files } from "../../src/protocol.ts";
import {
  BadLink,
  decode,
  encode,
  type LinkBase,
  type LinkContent,
  MAX_CONTENT_BYTES,
  MAX_PAYLOAD_LENGTH,
  parseFragment,
  Unshareable,
} from "../../src/share/codec.ts";
import { dictionaryFor } from "../../src/share/dictionary.ts";

const DATAFLOWS: [string, LinkContent][] = [
  ["no file", { files: {} }],
  ["a module", { files: { "flow.py": "def a() -> int:\n    return 1\n" }, engine: "0.1.0" }],
  [
    "text in many scripts",
    { title: "Grüße, 世界 🌊", files: { "größe.py": "# naïve – “quoted” 🙂\n", "data.csv": "a,b\r\n1,é\n" } },
  ],
  ["a removed file", { files: { "features.py": "x = 1\n", "old.csv": null } }],
  ["changed data", { files: {}, spliced: { "data.csv": [[3, 10, "°"]] } }],
  ["all outputs", { files: { "a.py": "" }, outputs: null }],
  ["overrides", { files: { "a.py": "" }, given: { inputs: {}, config: {}, overrides: { a: '{"b": [1.0]}' } } }],
  ["inputs and config", { files: { "a.py": "" }, given: { inputs: { n: "1.0" }, config: { region: '"US"' } } }],
  [
    "inputs with the names of inherited properties",
    { files: { "a.py": "" }, given: { inputs: { constructor: "1", prototype: "2" }, config: { toString: "3" } } },
  ],
  ["choices", { files: { "a.py": "" }, outputs: ["a", "b"], selected: "a" }],
];
const BASE = {
  "features.py": "def warm(temperature: float) -> bool:\n    return temperature > 20\n",
  "data.csv": "1\n",
};
const ORIGIN = { example: "seattle-weather", edition: "1x2y3z" };

/** Return a fragment with any content, compressed without a dictionary. */
function fragmentOf(content: string | Uint8Array): string {
  return `#v1.${deflateSync(content).toString("base64url")}`;
}

/** Decode a link that is not based on an example. */
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

  it("uses only characters that need no escaping", async () => {
    for (const [, shared] of DATAFLOWS) {
      expect(await ownLink(shared)).toMatch(/^#v1\.[A-Za-z0-9_-]+$/);
      expect(await encode(shared, ORIGIN, BASE)).toMatch(/^#v1\.seattle-weather\.1x2y3z\.[A-Za-z0-9_-]+$/);
    }
  });

  it.each(["own", "unicode", "without-dictionary", "terminal", "example"])(
    "of an older version still opens: %s",
    async (name) => {
      const read = (suffix: string): string =>
        readFileSync(new URL(`golden/${name}.${suffix}`, import.meta.url), "utf-8");
      const { origin, base, shared }: { origin: LinkBase | null; base: Files; shared: LinkContent } = JSON.parse(
        read("json"),
      );
      const link = parseFragment(read("txt").trim());
      expect(link.origin).toEqual(origin);
      expect(decode(link, base)).toEqual(shared);
    },
  );

  it("opens at the end of a sentence", async () => {
    const [, shared] = DATAFLOWS[1] ?? [];
    expect(contentOf(`${await ownLink(shared as LinkContent)}.`)).toEqual(shared);
  });

  it("drops keys that a later version may have added", () => {
    const later = fragmentOf(JSON.stringify({ files: { "a.py": "1" }, colour: "green" }));
    expect(contentOf(later)).toEqual({ files: { "a.py": "1" } });
  });

  it("is shorter with the example in the dictionary", async () => {
    const shared = { files: { "features.py": BASE["features.py"].replace("20", "25") } };
    const length = async (base: Files) => (await encode(shared, ORIGIN, base)).length;
    expect(await length(BASE)).toBeLessThan((await length({})) - 30);
  });
});

describe("a link that cannot be opened is refused with the reason", () => {
  const bomb = deflateSync(Buffer.alloc(MAX_CONTENT_BYTES * 20)).toString("base64url");
  const file = (name: string): string => fragmentOf(JSON.stringify({ files: { [name]: "" } }));
  const ofOther = (dictionary: Uint8Array): string =>
    `#v1.${deflateSync('{"files": {"a.py": ""}}', { dictionary }).toString("base64url")}`;

  it.each([
    ["made by a newer version", "#v3.abc", "newer version of Headwater (v3)"],
    ["made with another dictionary", ofOther(dictionaryFor(BASE)), "another version of Headwater"],
    ["not a link", "#section", "It is not a Headwater link."],
    ["without content", "#v1.", "It is damaged. Part of it may be missing."],
    ["without anything", "#v1", "It is damaged. Part of it may be missing."],
    ["with invalid characters", "#v1.a b", "it contains invalid characters"],
    ["cut short", fragmentOf(JSON.stringify({ files: { "a.py": "text ".repeat(50) } })).slice(0, 30), "damaged"],
    ["of an impossible length", "#v1.abcde", "damaged"],
    ["not deflated", `#v1.${Buffer.from("plain").toString("base64url")}`, "damaged"],
    ["too long", `#v1.${"A".repeat(MAX_PAYLOAD_LENGTH + 1)}`, "It is too long."],
    ["with too much content", `#v1.${bomb}`, "Its content is too large."],
    ["with content that is not text", fragmentOf(Uint8Array.from([0xff, 0xfe, 0x00])), "cannot be read"],
    ["with content that is not JSON", fragmentOf("{"), "cannot be read"],
    ["with files without names", fragmentOf(JSON.stringify({ files: ["x = 1"] })), "Its files have no names"],
    [
      "with a list instead of files",
      fragmentOf(JSON.stringify([{ "flow.py": "x = 1" }])),
      "It contains a list instead of files",
    ],
    ["with a number instead of files", fragmentOf("3"), "Its content is not a dataflow"],
    ["without files", fragmentOf('{"files": 3}'), "Its content is not a dataflow"],
    ["with a file that is not text", fragmentOf('{"files": {"a.py": 3}}'), "Its content is not a dataflow"],
    [
      "with an invalid input",
      fragmentOf('{"files": {}, "given": {"inputs": {"a": "import os"}, "config": {}}}'),
      "A value is invalid",
    ],
    [
      "with invalid changes",
      fragmentOf('{"files": {}, "spliced": {"a.csv": [[-1, 0.5, ""]]}}'),
      "Its content is not a dataflow",
    ],
    [
      "with a path for changed data",
      fragmentOf('{"files": {}, "spliced": {"../a": [[0, 0, ""]]}}'),
      "A file name is invalid",
    ],
    ["with a path for a file", file("../a.py"), "A file name is invalid"],
    ["with a folder for a file", file("a/b.py"), "A file name is invalid"],
    ["with a hidden file", file(".env"), "A file name is invalid"],
    ["with an example from another site", "#v1.https://x.1x2y3z.AAAA", "an invalid example"],
    ["with an example from another folder", "#v1./play/index.1x2y3z.AAAA", "an invalid example"],
    ["with an edition from another folder", "#v1.hello./x.AAAA", "an invalid edition"],
    ["with an example but no edition", "#v1.hello.AAAA", "the wrong number of parts"],
    ["with too many parts", "#v1.hello.1x2y3z.AAAA.AAAA", "the wrong number of parts"],
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
  ])("with a million invalid %s", (_, content) => {
    expect(() => contentOf(fragmentOf(content))).toThrow("Its content is not a dataflow");
  });

  it("with inputs in a list", () => {
    const link = fragmentOf('{"files": {"a.py": ""}, "given": {"inputs": ["1"], "config": {}}}');
    expect(() => contentOf(link)).toThrow("Its content is not a dataflow");
  });

  it("does not pollute a prototype", () => {
    const shared = contentOf(fragmentOf('{"files": {"a.py": ""}, "__proto__": {"polluted": true}}'));
    expect("polluted" in shared).toBe(false);
    expect("polluted" in {}).toBe(false);
  });
});

describe("content that does not fit into a link is refused", () => {
  it.each([
    [
      "data that hardly compresses",
      { "noise.csv": randomBytes(MAX_PAYLOAD_LENGTH).toString("base64") },
      "too large for a link",
    ],
    ["too much data", { "flat.csv": "1,2,3\n".repeat(MAX_CONTENT_BYTES / 5) }, "2,801 kB, and the limit is 2,000 kB"],
    ["many files", Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`f${i}.py`, ""])), "more than 40 files"],
  ])("%s", async (_, files, reason) => {
    const error = await ownLink({ files }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unshareable);
    expect((error as Unshareable).message).toContain(reason);
  });

  it("only beyond the maximum length", async () => {
    const data = randomBytes(MAX_PAYLOAD_LENGTH * 0.7).toString("base64");
    const link = await ownLink({ files: { "noise.csv": data } });
    expect(link.length).toBeGreaterThan(MAX_PAYLOAD_LENGTH * 0.9);
    expect(contentOf(link).files["noise.csv"]).toBe(data);
  });
});

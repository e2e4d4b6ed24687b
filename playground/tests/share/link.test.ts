import { expect, it } from "vitest";
import type { Example } from "../../src/example.ts";
import { decode, parseFragment } from "../../src/share/codec.ts";
import { editionOf } from "../../src/share/editions.ts";
import { linkTo } from "../../src/share/link.ts";

const FILES = { "flow.py": "def total(price: int) -> int:\n    return price\n" };
const NOTHING = { fieldTexts: { inputs: {}, config: {}, overrides: {} }, outputs: null, selected: null };

it("a link to an example contains the example's name and edition, and only the differences from it", async () => {
  const example = { name: "prices", title: "Prices", files: FILES, outputs: null } as unknown as Example;
  const packed = parseFragment(await linkTo({ ...NOTHING, title: "Prices", files: FILES, example }));
  expect(packed.origin).toEqual({ example: "prices", edition: editionOf(FILES) });
  expect(decode(packed, FILES)).toEqual({ engine: __ENGINE_VERSION__, files: {} });
});

it("a link to inline code from a page contains the code", async () => {
  const ofPage = { name: "inline-1a2b", title: "", files: FILES, outputs: null } as unknown as Example;
  const packed = parseFragment(await linkTo({ ...NOTHING, title: "", files: FILES, example: ofPage }));
  expect(packed.origin).toBeNull();
  expect(decode(packed, {}).files).toEqual(FILES);
});

it("a link requests all outputs if the example requests fewer", async () => {
  const example = { name: "prices", title: "Prices", files: FILES, outputs: ["total"] } as unknown as Example;
  const outputsOf = async (outputs: string[] | null) =>
    decode(parseFragment(await linkTo({ ...NOTHING, title: "Prices", files: FILES, example, outputs })), FILES).outputs;
  expect(await outputsOf(null)).toBeNull();
  expect(await outputsOf(["total"])).toBeUndefined();
});

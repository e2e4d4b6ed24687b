import { expect, it } from "vitest";
import type { Example } from "../../src/example.ts";
import { decode } from "../../src/share/codec.ts";
import { linkTo } from "../../src/share/link.ts";

const FILES = { "flow.py": "def total(price: int) -> int:\n    return price\n" };
const NOTHING = { given: { inputs: {}, config: {}, overrides: {} }, outputs: null, selected: null };

it("a link to an example says its name, and one to code of a page carries the code", async () => {
  const example = { name: "prices", title: "Prices", files: FILES, outputs: null } as unknown as Example;
  const named = await decode(await linkTo({ ...NOTHING, title: "Prices", files: FILES, example }));
  expect(named).toMatchObject({ example: "prices", files: {} });
  const ofPage = { ...example, name: "inline-1a2b", title: "" };
  const own = await decode(await linkTo({ ...NOTHING, title: "", files: FILES, example: ofPage }));
  expect(own.example).toBeUndefined();
  expect({ ...own.files, ...own.told }).toHaveProperty(["flow.py"]);
});

it("a link says that all outputs are wanted where the example wants fewer", async () => {
  const example = { name: "prices", title: "Prices", files: FILES, outputs: ["total"] } as unknown as Example;
  const link = (outputs: string[] | null) => linkTo({ ...NOTHING, title: "Prices", files: FILES, example, outputs });
  expect((await decode(await link(null))).outputs).toBeNull();
  expect((await decode(await link(["total"]))).outputs).toBeUndefined();
});

import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Example } from "../../src/example.ts";
import type { Files } from "../../src/protocol.ts";
import { decode } from "../../src/share/codec.ts";
import { applied } from "../../src/share/delta.ts";
import { editionFor, editionOf } from "../../src/share/editions.ts";

const ASSETS = new URL("https://site.example/assets/headwater/");
const DOCS = new URL("../../../docs/", import.meta.url);
const EDITED = {
  name: "seattle-weather",
  title: "Seattle weather",
  files: { "features.py": "x = 1\n" },
} as unknown as Example;

function read(path: string, base = DOCS): string {
  return readFileSync(new URL(path, base), "utf-8");
}

describe("a link to an example that was edited since", () => {
  const asked: string[] = [];

  beforeEach(() => {
    asked.length = 0;
    vi.stubGlobal("fetch", async (address: URL) => {
      asked.push(address.pathname);
      const path = address.pathname.replace("/assets/headwater/editions/", "editions/");
      try {
        return new Response(read(path));
      } catch {
        return new Response("", { status: 404 });
      }
    });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it.each(["older-patched", "older-told"])("opens with the text that it was made with: %s", async (name) => {
    const golden = (ending: string): string => read(`golden/${name}.${ending}`, new URL("./", import.meta.url));
    const shared = await decode(golden("txt").trim());
    const { files, isOlder } = await editionFor(ASSETS, EDITED, shared);
    expect(isOlder).toBe(true);
    expect((await applied(files, shared))["features.py"]).toBe(golden("expected"));
  });

  it("says so where that text is not kept", async () => {
    const shared = { example: "seattle-weather", edition: "1x2y3z", files: {}, engine: "0.0.9" };
    const open = editionFor(ASSETS, EDITED, shared);
    await expect(open).rejects.toThrow("“Seattle weather” as it was once");
    await expect(open).rejects.toThrow("Headwater 0.0.9");
    await expect(editionFor(ASSETS, { ...EDITED, name: "unknown" }, shared)).rejects.toThrow("as it was once");
  });

  it("asks for nothing where the example reads as it did", async () => {
    const shared = { example: "seattle-weather", edition: editionOf(EDITED.files), files: {} };
    expect(await editionFor(ASSETS, EDITED, shared)).toEqual({ files: EDITED.files, isOlder: false });
    expect(asked).toEqual([]);
  });
});

describe("the editions that are kept", () => {
  const lists = readdirSync(new URL("editions/", DOCS)).filter((name) => name.endsWith(".json"));

  it.each(lists)("have the marks of their texts: %s", (list) => {
    const kept: Record<string, Record<string, { text: string }>> = JSON.parse(read(`editions/${list}`));
    for (const [edition, texts] of Object.entries(kept)) {
      const files: Files = Object.fromEntries(
        Object.entries(texts).map(([name, { text }]) => [name, read(`editions/texts/${text}.txt`)]),
      );
      expect(editionOf(files)).toBe(edition);
    }
  });
});

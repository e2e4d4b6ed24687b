import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Example } from "../../src/example.ts";
import type { Files } from "../../src/protocol.ts";
import { EDITION, editionFor, editionOf } from "../../src/share/editions.ts";
import { readLink } from "../../src/share/read-link.ts";

const ASSETS = new URL("https://site.example/assets/headwater/");
const DOCS = new URL("../../../docs/", import.meta.url);
const EDITED = {
  name: "seattle-weather",
  title: "Seattle weather",
  files: { "features.py": "x = 1\n" },
  credits: {},
} as unknown as Example;

function read(path: string, base = DOCS): string {
  return readFileSync(new URL(path, base), "utf-8");
}

describe("a link to an example that has been edited since the link was created", () => {
  const requests: string[] = [];

  beforeEach(() => {
    requests.length = 0;
    vi.stubGlobal("fetch", async (url: URL) => {
      requests.push(url.pathname);
      if (url.pathname.includes("/examples/")) return new Response(JSON.stringify(EDITED));
      const path = url.pathname.replace("/assets/headwater/editions/", "editions/");
      try {
        return new Response(read(path));
      } catch {
        return new Response("", { status: 404 });
      }
    });
  });
  afterEach(() => void vi.unstubAllGlobals());

  it("opens with the edition that it was created with", async () => {
    const golden = (ending: string): string => read(`golden/older.${ending}`, new URL("./", import.meta.url));
    const { files, isOlder } = await readLink(ASSETS, golden("txt").trim());
    expect(isOlder).toBe(true);
    expect(files["features.py"]).toBe(golden("expected"));
  });

  it("is refused if that edition is not stored", async () => {
    for (const name of ["seattle-weather", "unknown"]) {
      const open = editionFor(ASSETS, { ...EDITED, name }, "1x2y3z");
      await expect(open).rejects.toThrow("an older edition of “Seattle weather”");
    }
    await expect(editionFor(ASSETS, EDITED, "constructor")).rejects.toThrow("It is based on an older edition of");
  });

  it("fetches nothing if the example is unchanged", async () => {
    expect(await editionFor(ASSETS, EDITED, editionOf(EDITED.files))).toEqual({ files: EDITED.files, isOlder: false });
    expect(requests).toEqual([]);
  });
});

describe("the stored editions", () => {
  const lists = readdirSync(new URL("editions/", DOCS)).filter((name) => name.endsWith(".json"));

  it.each(lists)("match their identifiers: %s", (list) => {
    const index: Record<string, Record<string, string>> = JSON.parse(read(`editions/${list}`));
    for (const [edition, texts] of Object.entries(index)) {
      const files: Files = Object.fromEntries(
        Object.entries(texts).map(([name, digest]) => [name, read(`editions/texts/${digest}.txt`)]),
      );
      expect(editionOf(files)).toBe(edition);
      expect(edition).toMatch(EDITION);
    }
  });
});

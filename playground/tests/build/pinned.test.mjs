// @ts-check
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { paths } from "../../runtime/paths.mjs";
import { readPinned } from "../../runtime/pinned.mjs";

const LISTS = ["files.json", "test-files.json", "../../tests/pyodide/files-314.json"];

test.each(LISTS)("every file of %s has a digest and at least one described source", async (list) => {
  const { files } = await readPinned(join(paths.runtime, list));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(file.sources.length).toBeGreaterThan(0);
  }
});

test("a version is defined once and inserted into all sources that refer to it", async () => {
  const { versions, files } = await readPinned(join(paths.runtime, "files.json"));
  const [core] = files;
  expect(core?.sources).toEqual([
    { kind: "npm", package: "pyodide", version: versions.pyodide },
    { kind: "cdn", folder: expect.stringContaining(`/v${versions.pyodide}/`) },
  ]);
});

test("an unknown source is refused by name", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "headwater-pinned-")), "files.json");
  const file = { name: "a.zip", sha256: "", sources: ["elsewhere"], part: "loader" };
  await writeFile(path, JSON.stringify({ versions: {}, sources: {}, files: [file] }));
  await expect(readPinned(path)).rejects.toThrow('a.zip has an unknown source "elsewhere". Add it to "sources".');
});

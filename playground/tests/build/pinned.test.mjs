// @ts-check
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
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

test("packages that are completed by a pack are packages of the list", async () => {
  const { files } = await readPinned(join(paths.runtime, "files.json"));
  const packages = files.filter(({ part }) => part === "package").map(({ name }) => name);
  const late = files.flatMap(({ pack }) => pack?.late?.wheel ?? []);
  expect(late).toHaveLength(1);
  expect(packages).toEqual(expect.arrayContaining(late));
});

/** Packages that the site always loads, or that the packs no longer import. */
const NOT_PACKS = new Set(["numpy", "pandas", "python-dateutil", "pytz", "six", "matplotlib-pyodide"]);
/** Packages that a pack imports only for some of its features. They are loaded when it imports them. */
const IMPORTED_LATER = new Set(["fonttools"]);

test("packs are the release's files, with its modules and its dependencies", async () => {
  const lock = JSON.parse(await readFile(join(paths.npm, "pyodide/pyodide-lock.json"), "utf8")).packages;
  const { files } = await readPinned(join(paths.runtime, "files.json"));
  const packs = files.filter(({ part }) => part === "pack");
  expect(packs.length).toBeGreaterThan(0);
  for (const { name: file, sha256, imports, pack } of packs) {
    const { file_name, sha256: expected, imports: modules, depends } = lock[pack?.name ?? ""];
    expect({ file, sha256, imports }).toEqual({ file: file_name, sha256: expected, imports: modules });
    const required = depends.filter((/** @type {string} */ name) => !NOT_PACKS.has(name) && !IMPORTED_LATER.has(name));
    if (pack?.name === "matplotlib") required.push("matplotlib-fonts"); // created by the build
    expect(pack?.requires).toEqual(required);
    const names = ["matplotlib-fonts", ...packs.map(({ pack: other }) => other?.name)];
    expect(names).toEqual(expect.arrayContaining(pack?.requires ?? []));
  }
});

// @ts-check
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pack } from "../../runtime/pack.mjs";
import { sha256 } from "../../runtime/verify.mjs";

const SETTINGS = { pyodide: "0.27.7", index: "https://index.example/simple" };

/** @type {string} */
let folder;

/** @param {string} text @returns {import("../../runtime/pack.mjs").Packed} */
const engine = (text) => ({
  name: "headwater.zip",
  stage: "library",
  imports: ["headwater"],
  content: new TextEncoder().encode(text),
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "headwater-pack-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test("the manifest describes the decompressed files", async () => {
  const [entry] = await pack([engine("one")], folder, SETTINGS);
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  expect(manifest).toEqual({ version: 1, ...SETTINGS, files: [entry] });
  const served = await readFile(join(folder, entry?.url ?? ""));
  const content = zstdDecompressSync(served);
  expect(entry).toMatchObject({ sha256: sha256(content), bytes: 3, transfer: served.byteLength });
});

test("changed content gets another URL, and files outside the manifest are removed", async () => {
  const [before] = await pack([engine("one")], folder, SETTINGS);
  await writeFile(join(folder, "stray.zst"), "");
  const [after] = await pack([engine("two")], folder, SETTINGS);
  expect(after?.url).not.toBe(before?.url);
  expect((await readdir(folder)).sort()).toEqual([after?.url, "manifest.json"].sort());
});

test("unchanged content is not compressed again", async () => {
  const [entry] = await pack([engine("one")], folder, SETTINGS);
  const path = join(folder, entry?.url ?? "");
  const { mtimeMs } = await stat(path);
  await pack([engine("one")], folder, SETTINGS);
  expect((await stat(path)).mtimeMs).toBe(mtimeMs);
});

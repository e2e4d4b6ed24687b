// @ts-check
/** Downloads the files in a pinned list. Existing files are verified, and missing ones are fetched from their sources. */

import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe } from "./sources.mjs";
import { sha256OfFile, verify, WrongHash } from "./verify.mjs";

/** @typedef {import("./pinned.mjs").PinnedFile} PinnedFile */
/** @typedef {{ fetch(source: import("./pinned.mjs").Source, name: string, target: string): Promise<void> }} SourceReader */

/** Every source of a file failed. */
export class NoSource extends Error {
  /**
   * @param {string} name
   * @param {string[]} attempts
   */
  constructor(name, attempts) {
    super(`${name} could not be fetched from any of its sources:\n${attempts.map((line) => `  ${line}`).join("\n")}`);
    this.name = "NoSource";
  }
}

/**
 * @param {PinnedFile[]} files
 * @param {string} folder
 * @param {(scratch: string) => SourceReader} open creates the sources; the scratch folder is removed afterwards
 * @param {(line: string) => void} log
 */
export async function fetchFiles(files, folder, open, log) {
  await mkdir(folder, { recursive: true });
  const present = await Promise.all(files.map((file) => isPresent(file, folder)));
  const missing = files.filter((_, index) => !present[index]);
  if (missing.length === 0) return;
  const scratch = await mkdtemp(join(folder, ".fetching-"));
  try {
    const sources = open(scratch);
    for (const file of missing) await fetchFile(file, folder, scratch, sources, log);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {PinnedFile} file
 * @param {string} folder
 * @param {string} scratch on the same disk as `folder`: the last step is a rename, so no file is ever incomplete
 * @param {SourceReader} sources
 * @param {(line: string) => void} log
 */
async function fetchFile(file, folder, scratch, sources, log) {
  const attempts = [];
  for (const source of file.sources) {
    const origin = describe(source, file.name);
    const download = join(scratch, file.name);
    try {
      await sources.fetch(source, file.name, download);
      await verify(file, download, origin);
    } catch (failure) {
      if (failure instanceof WrongHash) throw failure;
      const reason = failure instanceof Error ? failure.message : String(failure);
      attempts.push(`${origin}: ${reason}`);
      if (attempts.length < file.sources.length)
        log(`${file.name}: fetching from ${origin} failed (${reason}); trying the next source`);
      continue;
    }
    await rename(download, join(folder, file.name));
    log(`${file.name} from ${origin}`);
    return;
  }
  throw new NoSource(file.name, attempts);
}

/**
 * @param {PinnedFile} file
 * @param {string} folder
 */
async function isPresent(file, folder) {
  try {
    return (await sha256OfFile(join(folder, file.name))) === file.sha256;
  } catch {
    return false;
  }
}

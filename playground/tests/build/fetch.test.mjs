// @ts-check

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fetchFiles, NoSource } from "../../runtime/fetch.mjs";
import { Sources } from "../../runtime/sources.mjs";
import { sha256, WrongHash } from "../../runtime/verify.mjs";

/** @typedef {import("../../runtime/pinned.mjs").PinnedFile} PinnedFile */
/** @typedef {import("../../runtime/pinned.mjs").Source} Source */

/** @type {string} */
let root;
/** @type {string[]} */
let lines;

const log = (/** @type {string} */ line) => lines.push(line);
const CONTENT = "the right bytes";

/** @type {Source} */
const NPM = { kind: "npm", package: "pyodide", version: "0.27.7" };

/** @param {Source[]} sources @returns {PinnedFile} */
const pinned = (...sources) => ({
  name: "core-1.0-py3-none-any.whl",
  sha256: sha256(CONTENT),
  sources,
  part: "loader",
  imports: [],
});

/**
 * Sources that wait `timeout` milliseconds for an answer.
 *
 * @param {number} timeout
 * @returns {(scratch: string) => Sources}
 */
const waiting = (timeout) => (scratch) =>
  new Sources({ npm: join(root, "npm"), python: "/no/such/python", timeout, scratch });
const open = waiting(60_000);

/** @param {string} version @param {string} content */
async function installNpm(version, content) {
  await mkdir(join(root, "npm/pyodide"), { recursive: true });
  await writeFile(join(root, "npm/pyodide/package.json"), JSON.stringify({ version }));
  await writeFile(join(root, "npm/pyodide/core-1.0-py3-none-any.whl"), content);
}

/**
 * A CDN on this machine.
 *
 * @param {import("node:http").RequestListener} answer
 * @param {(folder: string) => Promise<void>} use
 */
async function withCdn(answer, use) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  try {
    await use(`http://127.0.0.1:${address.port}/full/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "headwater-fetch-"));
  lines = [];
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe("fetching the pinned files", () => {
  test("takes a file from its first source and leaves nothing else behind", async () => {
    await installNpm("0.27.7", CONTENT);
    await fetchFiles([pinned(NPM)], join(root, "files"), open, log);
    expect(await readFile(join(root, "files/core-1.0-py3-none-any.whl"), "utf8")).toBe(CONTENT);
    expect(await readdir(join(root, "files"))).toEqual(["core-1.0-py3-none-any.whl"]);
    expect(lines).toEqual(["core-1.0-py3-none-any.whl from the npm package pyodide@0.27.7"]);
  });

  test("fetches nothing for a file that exists and is valid", async () => {
    await mkdir(join(root, "files"));
    await writeFile(join(root, "files/core-1.0-py3-none-any.whl"), CONTENT);
    await fetchFiles([pinned(NPM)], join(root, "files"), open, log);
    expect(lines).toEqual([]);
  });

  test("replaces a damaged file", async () => {
    await installNpm("0.27.7", CONTENT);
    await mkdir(join(root, "files"));
    await writeFile(join(root, "files/core-1.0-py3-none-any.whl"), "the wro");
    await fetchFiles([pinned(NPM)], join(root, "files"), open, log);
    expect(await readFile(join(root, "files/core-1.0-py3-none-any.whl"), "utf8")).toBe(CONTENT);
  });

  test("stops at a wrong hash, shows both hashes and discards the file", async () => {
    await installNpm("0.27.7", "other bytes");
    const failure = fetchFiles([pinned(NPM)], join(root, "files"), open, log);
    await expect(failure).rejects.toThrow(WrongHash);
    await expect(failure).rejects.toThrow(
      "core-1.0-py3-none-any.whl is not the pinned file.\n" +
        `  expected  sha256 ${sha256(CONTENT)}\n` +
        `  found     sha256 ${sha256("other bytes")}\n` +
        "  from      the npm package pyodide@0.27.7\n",
    );
    expect(await readdir(join(root, "files"))).toEqual([]);
  });

  test("reports a source with the wrong version and tries the next one", async () => {
    await installNpm("0.26.0", CONTENT);
    await withCdn(
      (_, response) => response.end(CONTENT),
      async (folder) => {
        await fetchFiles([pinned(NPM, { kind: "cdn", folder })], join(root, "files"), open, log);
        expect(lines).toEqual([
          "core-1.0-py3-none-any.whl: fetching from the npm package pyodide@0.27.7 failed (version 0.26.0 is installed; run `npm --prefix playground ci`); trying the next source",
          `core-1.0-py3-none-any.whl from ${folder}core-1.0-py3-none-any.whl`,
        ]);
      },
    );
  });

  test("lists all sources if none has the file", async () => {
    await installNpm("0.26.0", CONTENT);
    await withCdn(
      (_, response) => response.writeHead(404).end(),
      async (folder) => {
        /** @type {Source} */
        const pypi = { kind: "pypi", python: "3.12", platforms: ["any"] };
        const failure = fetchFiles([pinned(NPM, { kind: "cdn", folder }, pypi)], join(root, "files"), open, log);
        await expect(failure).rejects.toThrow(NoSource);
        await expect(failure).rejects.toThrow(
          "core-1.0-py3-none-any.whl could not be fetched from any of its sources:\n" +
            "  the npm package pyodide@0.27.7: version 0.26.0 is installed; run `npm --prefix playground ci`\n" +
            `  ${folder}core-1.0-py3-none-any.whl: HTTP 404 Not Found\n` +
            "  pip download core==1.0: spawn /no/such/python ENOENT",
        );
      },
    );
  });

  test("waits for an unresponsive CDN once for all files", async () => {
    let requests = 0;
    await withCdn(
      () => {
        requests += 1; // the server never answers
      },
      async (folder) => {
        await installNpm("0.27.7", CONTENT);
        const files = ["core-1.0-py3-none-any.whl", "core-1.0-py3-none-any.whl"].map(() =>
          pinned({ kind: "cdn", folder }, NPM),
        );
        await fetchFiles(files, join(root, "files"), waiting(300), log);
        expect(requests).toBe(1);
        expect(lines[0]).toContain("no answer within 0.3 s");
      },
    );
  });
});

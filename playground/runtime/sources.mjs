// @ts-check
/** The four kinds of places from which a runtime file can be had. Each writes the file to a path or throws why not. */

import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { hostPython, places } from "./places.mjs";

/** A CDN that has not begun to answer by then, in milliseconds, is left for the next source. */
const PATIENCE = 4_000;

/** @typedef {import("./pinned.mjs").Source} Source */
/** @typedef {{ npm: string, python: string, scratch: string, patience: number }} Means */

const run = promisify(execFile);

/**
 * One line that says which source was meant, for progress and failures.
 *
 * @param {Source} source
 * @param {string} name
 */
export function describe(source, name) {
  switch (source.kind) {
    case "npm":
      return `the npm package ${source.package}@${source.version}`;
    case "cdn":
      return source.folder + name;
    case "pypi":
      return `pip download ${requirement(name)}`;
    case "pypi-member":
      return `the copy inside the PyPI package ${source.package}==${source.version}`;
  }
}

/**
 * The sources of one build. What one file taught (this host does not answer, that wheel is here already) holds for
 * the next: an offline machine waits for the CDN once, and a wheel that holds several files is downloaded once.
 */
export class Sources {
  /** @type {Map<string, string>} */
  #silent = new Map();
  /** @type {Map<string, Promise<string>>} */
  #wheels = new Map();
  /** @type {Means} */
  #means;

  /** @param {Means} means */
  constructor(means) {
    this.#means = means;
  }

  /**
   * The sources as this project has them.
   *
   * @param {string} scratch
   */
  static of(scratch) {
    return new Sources({ npm: places.npm, python: hostPython(), patience: PATIENCE, scratch });
  }

  /**
   * @param {Source} source
   * @param {string} name
   * @param {string} target
   * @returns {Promise<void>}
   */
  async take(source, name, target) {
    switch (source.kind) {
      case "npm":
        return this.#fromNpm(source, name, target);
      case "cdn":
        return this.#fromCdn(source, name, target);
      case "pypi":
        return this.#fromPypi(source, name, target);
      case "pypi-member":
        return this.#fromWheel(source, name, target);
    }
  }

  /**
   * @param {Extract<Source, { kind: "npm" }>} source
   * @param {string} name
   * @param {string} target
   */
  async #fromNpm(source, name, target) {
    const folder = join(this.#means.npm, source.package);
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    if (version !== source.version) throw new Error(`version ${version} is installed; \`npm ci\` puts it right`);
    await copyFile(join(folder, name), target);
  }

  /**
   * @param {Extract<Source, { kind: "cdn" }>} source
   * @param {string} name
   * @param {string} target
   */
  async #fromCdn(source, name, target) {
    const silent = this.#silent.get(source.folder);
    if (silent !== undefined) throw new Error(silent);
    const headers = new AbortController();
    const timer = setTimeout(() => headers.abort(), this.#means.patience);
    let response;
    try {
      response = await fetch(source.folder + name, { signal: headers.signal });
    } catch (cause) {
      const reason = headers.signal.aborted ? `no answer within ${this.#means.patience / 1000} s` : because(cause);
      this.#silent.set(source.folder, reason);
      throw new Error(reason, { cause });
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status} ${response.statusText}`);
    await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), createWriteStream(target));
  }

  /**
   * @param {Extract<Source, { kind: "pypi" }>} source
   * @param {string} name
   * @param {string} target
   */
  async #fromPypi(source, name, target) {
    const platforms = source.platforms.flatMap((platform) => ["--platform", platform]);
    const abi = `cp${source.python.replace(".", "")}`;
    const flags = ["--python-version", source.python, "--implementation", "cp", "--abi", abi, "--abi", "none"];
    await rename(await this.#download(requirement(name), [...flags, ...platforms]), target);
  }

  /**
   * @param {Extract<Source, { kind: "pypi-member" }>} source
   * @param {string} name
   * @param {string} target
   */
  async #fromWheel(source, name, target) {
    const wanted = `${source.package}==${source.version}`;
    let wheel = this.#wheels.get(wanted);
    if (wheel === undefined) {
      wheel = this.#download(wanted, []);
      this.#wheels.set(wanted, wheel);
    }
    const extract = new URL("extract.py", import.meta.url).pathname;
    await python(this.#means.python, [extract, await wheel, source.folder + name, target]);
  }

  /**
   * @param {string} wanted
   * @param {string[]} flags
   * @returns {Promise<string>} the path of the one wheel
   */
  async #download(wanted, flags) {
    const folder = join(this.#means.scratch, wanted);
    await mkdir(folder, { recursive: true });
    const quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"];
    await python(this.#means.python, ["-m", "pip", "download", ...quiet, "--dest", folder, ...flags, wanted]);
    const [wheel] = await readdir(folder);
    if (wheel === undefined) throw new Error("pip reported success and brought no file");
    return join(folder, wheel);
  }
}

/**
 * `name==version` of a wheel, read from its file name.
 *
 * @param {string} wheel
 */
function requirement(wheel) {
  const [name, version] = wheel.split("-");
  return `${name}==${version}`;
}

/**
 * @param {string} executable
 * @param {string[]} args
 */
async function python(executable, args) {
  try {
    await run(executable, args);
  } catch (cause) {
    const said = /** @type {{ stderr?: string }} */ (cause).stderr?.trim().split("\n").at(-1);
    throw new Error(said || because(cause), { cause });
  }
}

/**
 * `fetch` hides why it failed one level down.
 *
 * @param {unknown} failure
 * @returns {string}
 */
function because(failure) {
  if (!(failure instanceof Error)) return String(failure);
  return failure.cause instanceof Error ? failure.cause.message : failure.message;
}

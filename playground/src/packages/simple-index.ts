/**
 * A client for a package index with the Simple API in JSON (PEP 691). A request may contain any URL, but only the index's
 * projects, the files that the index listed, and the metadata of these files are fetched. Responses are cached until the
 * visitor leaves the page.
 */

import { satisfies, valid, validRange } from "@renovatebot/pep440";
import * as v from "valibot";
import { bodyOf } from "./body.ts";
import { PackageError } from "./package-error.ts";

/** The Python version of the pinned Pyodide. */
export const PYTHON = "3.12.7";

const MEDIA_TYPE = "application/vnd.pypi.simple.v1+json";
const LISTING_TIMEOUT_MS = 30_000;
const FILE_TIMEOUT_MS = 120_000;
export const MAX_BYTES = 60_000_000;
const PROJECT_NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** The name of a pure Python wheel, with its project, its version and an optional build tag. */
const PURE_WHEEL = /^(?<project>[A-Za-z0-9][\w.]*)-(?<version>[\w.!+]+)(?:-\d\w*)?-[\w.]+-none-any\.whl$/;

/** The hash of a wheel's separate metadata file, or `true` if it is unknown. Earlier API versions use a different key. */
const MetadataFile = v.fallback(v.optional(v.object({ sha256: Sha256 })), undefined);

const ListedFile = v.object({
  filename: v.string(),
  url: v.string(),
  hashes: v.fallback(v.object({ sha256: v.optional(Sha256) }), {}),
  size: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))), undefined),
  "requires-python": v.fallback(v.nullish(v.string()), null),
  yanked: v.fallback(v.union([v.boolean(), v.string()]), false),
  "core-metadata": MetadataFile,
  "data-dist-info-metadata": MetadataFile,
});

const Listing = v.object({ files: v.array(ListedFile) });

export type ListedFile = v.InferOutput<typeof ListedFile>;

/** A pure Python wheel whose hash the index lists. */
interface HashedFile {
  filename: string;
  url: string;
  sha256: string;
  size: number | undefined;
  metadataSha256: string | undefined;
}

/** A wheel that was fetched and verified. */
export interface FetchedWheel {
  project: string;
  version: string;
  bytes: ArrayBuffer;
}

export interface IndexResponse {
  status: number;
  contentType: string;
  bytes: ArrayBuffer;
}

export class SimpleIndex {
  readonly #base: URL;
  /** The files of each listed project, including unsuitable ones; null if there is no such project. */
  readonly #listings = new Map<string, readonly ListedFile[] | null>();
  readonly #files = new Map<string, HashedFile>();
  readonly #responses = new Map<string, IndexResponse>();

  /** @throws PackageError if the URL is invalid */
  constructor(url: string) {
    const base = URL.canParse(url) ? new URL(url.endsWith("/") ? url : `${url}/`) : null;
    if (base === null || !/^https?:$/.test(base.protocol))
      throw new PackageError(`This page's package index is not a valid URL: ${JSON.stringify(url)}.`);
    this.#base = base;
  }

  get host(): string {
    return this.#base.host;
  }

  /** The URL in the form that micropip expects. */
  get url(): string {
    return this.#base.href.replace(/\/$/, "");
  }

  /** The files of a project that was requested, including unsuitable ones; null if the index has no such project. */
  filesOf(project: string): readonly ListedFile[] | null {
    return this.#listings.get(project) ?? null;
  }

  /** Return the wheel at a URL that the index listed. */
  fileAt(url: string): HashedFile | undefined {
    return this.#files.get(url);
  }

  /** Return the project whose listing is at a URL; null for any other URL. */
  projectAt(url: string): string | null {
    if (!url.startsWith(this.#base.href) || !url.endsWith("/")) return null;
    const name = url.slice(this.#base.href.length, -1);
    return PROJECT_NAME.test(name) ? name : null;
  }

  /**
   * Carry out a request. Return null if it is not allowed.
   *
   * @throws PackageError if it fails
   */
  async fetch(url: string, signal: AbortSignal): Promise<IndexResponse | null> {
    const response = this.#responses.get(url) ?? (await this.#respond(url, signal));
    if (response !== null) this.#responses.set(url, response);
    return response;
  }

  wheel(url: string): FetchedWheel {
    const [file, response] = [this.#files.get(url), this.#responses.get(url)];
    if (file === undefined || response === undefined)
      throw new PackageError("The resolver selected a file that was not fetched.");
    const [project = "", version = ""] = file.filename.split("-");
    return { project: normalizeName(project), version, bytes: response.bytes };
  }

  async #respond(url: string, signal: AbortSignal): Promise<IndexResponse | null> {
    const file = this.fileAt(url);
    if (file !== undefined) return this.#fetchVerified(url, file.filename, file.sha256, signal);
    const project = this.projectAt(url);
    if (project !== null) return this.#list(project, signal);
    const described = url.endsWith(".metadata") ? this.fileAt(url.slice(0, -".metadata".length)) : undefined;
    return described?.metadataSha256 === undefined
      ? null
      : this.#fetchVerified(url, described.filename, described.metadataSha256, signal);
  }

  async #list(project: string, signal: AbortSignal): Promise<IndexResponse> {
    const { status, url, bytes } = await this.#request(
      new URL(`${project}/`, this.#base),
      project,
      LISTING_TIMEOUT_MS,
      signal,
    );
    if (status === 404) {
      this.#listings.set(project, null);
      return { status: 404, contentType: "text/plain", bytes: new ArrayBuffer(0) };
    }
    const listing = v.safeParse(Listing, jsonIn(bytes));
    if (!listing.success)
      throw new PackageError(
        `${this.host} returned an invalid response for ${project}. The index must support the JSON form of the Simple API.`,
      );
    const { files } = listing.output;
    this.#listings.set(project, files);
    const usable = files.filter((file) => isUsable(file, project)).flatMap((file) => this.#hashed(file, url));
    for (const file of usable) this.#files.set(file.url, file);
    return { status: 200, contentType: MEDIA_TYPE, bytes: listingBytes(project, usable) };
  }

  /** Return a list that contains the file with an absolute URL; empty if the URL is invalid or the file has no hash. */
  #hashed(file: ListedFile, listingUrl: string): HashedFile[] {
    const base = listingUrl === "" ? this.#base : listingUrl;
    const url = URL.canParse(file.url, base) ? new URL(file.url, base) : null;
    const { sha256 } = file.hashes;
    if (sha256 === undefined || url === null || !["https:", this.#base.protocol].includes(url.protocol)) return [];
    url.hash = "";
    const metadata = file["core-metadata"] ?? file["data-dist-info-metadata"];
    return [{ filename: file.filename, url: url.href, sha256, size: file.size, metadataSha256: metadata?.sha256 }];
  }

  async #fetchVerified(url: string, what: string, sha256: string, signal: AbortSignal): Promise<IndexResponse> {
    const { status, bytes } = await this.#request(new URL(url), what, FILE_TIMEOUT_MS, signal);
    if (status === 404) throw new PackageError(`${this.host} lists ${what}, but the file does not exist.`);
    const digest = await digestOf(bytes);
    if (digest === null)
      throw new PackageError("This page is not served over HTTPS, so downloaded packages cannot be verified.");
    if (digest !== sha256)
      throw new PackageError(`${what} is damaged or is not the file from ${this.host}: its SHA-256 does not match.`);
    return { status: 200, contentType: "application/octet-stream", bytes };
  }

  /** Return the response if its status is 200 or 404, with its URL after redirects. */
  async #request(
    url: URL,
    what: string,
    timeout: number,
    signal: AbortSignal,
  ): Promise<{ status: number; url: string; bytes: ArrayBuffer }> {
    let response: Response;
    let bytes: ArrayBuffer | null;
    try {
      // Send no cookies and no referrer, because the URL of this page may contain code.
      response = await fetch(url, {
        headers: { accept: `${MEDIA_TYPE}, */*;q=0.01` },
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      });
      bytes = await bodyOf(response, MAX_BYTES);
    } catch (error) {
      if (error instanceof DOMException && error.name === "TimeoutError")
        throw new PackageError(`${url.host} did not return ${what} within ${timeout / 1000} seconds.`);
      throw new PackageError(`Could not reach ${url.host} to fetch ${what}. Check your connection.`);
    }
    if (!response.ok && response.status !== 404)
      throw new PackageError(`${url.host} did not return ${what} (HTTP ${response.status}).`);
    if (bytes === null)
      throw new PackageError(
        `${url.host} returned more than ${MAX_BYTES / 1e6} MB for ${what}, which exceeds this page's limit.`,
      );
    return { status: response.status, url: response.url, bytes };
  }
}

/** Normalize the name of a package (PEP 503): `Foo.bar`, `foo_bar` and `foo-bar` are the same. */
export function normalizeName(project: string): string {
  return project.toLowerCase().replace(/[-_.]+/g, "-");
}

/** Return whether micropip may select a file. micropip ignores the required Python version and whether the file was yanked. */
function isUsable(file: ListedFile, project: string): boolean {
  return isWheelOf(project, file) && file.yanked === false && fitsPython(file);
}

/** Return whether a file is a pure Python wheel of a project, with a valid version. */
function isWheelOf(project: string, { filename }: ListedFile): boolean {
  const { groups } = PURE_WHEEL.exec(filename) ?? {};
  if (groups === undefined) return false;
  return normalizeName(groups["project"] ?? "") === project && valid(groups["version"] ?? "") !== null;
}

export function isPureWheel({ filename }: ListedFile): boolean {
  return filename.endsWith("-none-any.whl");
}

/** Return whether a file supports this page's Python version. Invalid requirements are ignored, as in pip. */
export function fitsPython({ "requires-python": range }: ListedFile): boolean {
  return range === null || range === undefined || range === "" || !validRange(range) || satisfies(PYTHON, range);
}

function listingBytes(name: string, files: readonly HashedFile[]): ArrayBuffer {
  const listing = {
    meta: { "api-version": "1.0" },
    name,
    files: files.map(({ filename, url, sha256, size, metadataSha256 }) => ({
      filename,
      url,
      hashes: { sha256 },
      ...(size === undefined ? {} : { size }),
      ...(metadataSha256 === undefined ? {} : { "core-metadata": { sha256: metadataSha256 } }),
    })),
  };
  return new TextEncoder().encode(JSON.stringify(listing)).buffer as ArrayBuffer;
}

/** Parse bytes as JSON; null if they are not valid JSON. */
function jsonIn(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** Return the SHA-256 hash of bytes; null without HTTPS, which browsers require for computing it. */
async function digestOf(bytes: ArrayBuffer): Promise<string | null> {
  if (globalThis.crypto.subtle === undefined) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

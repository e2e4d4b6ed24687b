/** A client for a package index with PyPI's JSON API. Answers are validated, and files are checked against their hashes. */

import * as v from "valibot";
import { PackageError } from "./package-error.ts";

const TIMEOUT_MS = 30_000;

const DistributionFile = v.object({
  filename: v.string(),
  packagetype: v.string(),
  url: v.pipe(v.string(), v.url()),
  digests: v.object({ sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
  size: v.number(),
  requires_python: v.nullish(v.string(), null),
  yanked: v.optional(v.boolean(), false),
});

const Info = v.object({ version: v.string(), requires_dist: v.nullish(v.array(v.string()), null) });

const Release = v.object({ info: Info });

const PackageMetadata = v.object({ info: Info, releases: v.record(v.string(), v.array(DistributionFile)) });

export type DistributionFile = v.InferOutput<typeof DistributionFile>;
export type PackageMetadata = v.InferOutput<typeof PackageMetadata>;

export class PackageIndex {
  /** The base URL of `<name>/json`; ends with a slash. */
  readonly #base: URL;

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

  async project(name: string): Promise<PackageMetadata> {
    const answer = await this.#json(`${encodeURIComponent(name)}/json`);
    if (answer === null) throw new PackageError(`${this.host} has no package named ${name}.`);
    return this.#parse(PackageMetadata, answer, name);
  }

  /** Return the requirements of one version of a package. */
  async requirements(name: string, version: string): Promise<string[]> {
    const answer = await this.#json(`${encodeURIComponent(name)}/${encodeURIComponent(version)}/json`);
    if (answer === null) throw new PackageError(`${this.host} no longer has ${name} ${version}.`);
    return this.#parse(Release, answer, name).info.requires_dist ?? [];
  }

  /** Download a file and check its hash. */
  async download({ filename, url, digests }: DistributionFile): Promise<ArrayBuffer> {
    const bytes = await (await this.#request(new URL(url), filename)).arrayBuffer();
    const digest = await sha256(bytes);
    if (digest === null)
      throw new PackageError("This page is not served over HTTPS, so downloaded packages cannot be verified.");
    if (digest !== digests.sha256)
      throw new PackageError(
        `${filename} is damaged or is not the file from ${this.host}: its SHA-256 does not match.`,
      );
    return bytes;
  }

  #parse<Schema extends v.GenericSchema>(schema: Schema, answer: unknown, name: string): v.InferOutput<Schema> {
    const parsed = v.safeParse(schema, answer);
    if (parsed.success) return parsed.output;
    throw new PackageError(`${this.host} returned an invalid response for ${name}.`);
  }

  /** Return the JSON at a path of the index; null if it does not exist. */
  async #json(path: string): Promise<unknown> {
    const response = await this.#request(new URL(path, this.#base), path.split("/", 1)[0] ?? path, [404]);
    return response.status === 404 ? null : response.json().catch(() => undefined);
  }

  async #request(url: URL, what: string, expected: readonly number[] = []): Promise<Response> {
    let response: Response;
    try {
      // Send no cookies and no referrer, because the URL of this page may contain code.
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      response = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer", signal });
    } catch {
      throw new PackageError(`Could not reach ${url.host} to fetch ${what}.`);
    }
    if (response.ok || expected.includes(response.status)) return response;
    throw new PackageError(`${url.host} did not return ${what} (HTTP ${response.status}).`);
  }
}

/** Return the SHA-256 of bytes; null without HTTPS, because browsers then cannot compute it. */
async function sha256(bytes: ArrayBuffer): Promise<string | null> {
  if (globalThis.crypto.subtle === undefined) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

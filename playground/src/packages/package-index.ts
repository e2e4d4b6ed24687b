/** A package index, asked as PyPI's JSON API is. What it answers is believed only as far as its shape and its hashes. */

import * as v from "valibot";
import { PackageError } from "./package-error.ts";

const LONGEST_WAIT_MS = 30_000;

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

const Project = v.object({ info: Info, releases: v.record(v.string(), v.array(DistributionFile)) });

export type DistributionFile = v.InferOutput<typeof DistributionFile>;
export type Project = v.InferOutput<typeof Project>;

export class PackageIndex {
  /** Where `<name>/json` is answered; ends with a slash. */
  readonly #base: URL;

  /** @throws PackageError for an address that is none */
  constructor(address: string) {
    const base = URL.canParse(address) ? new URL(address.endsWith("/") ? address : `${address}/`) : null;
    if (base === null || !/^https?:$/.test(base.protocol))
      throw new PackageError(`This page names ${JSON.stringify(address)} as its package index, which is no address.`);
    this.#base = base;
  }

  get host(): string {
    return this.#base.host;
  }

  async project(name: string): Promise<Project> {
    const found = await this.#json(`${encodeURIComponent(name)}/json`);
    if (found === null) throw new PackageError(`${this.host} knows no package called ${name}.`);
    return this.#read(Project, found, name);
  }

  /** What one version of a package needs. */
  async requirements(name: string, version: string): Promise<string[]> {
    const found = await this.#json(`${encodeURIComponent(name)}/${encodeURIComponent(version)}/json`);
    if (found === null) throw new PackageError(`${this.host} no longer has ${name} ${version}.`);
    return this.#read(Release, found, name).info.requires_dist ?? [];
  }

  /** The bytes of a file, which are those that the index has promised. */
  async download({ filename, url, digests }: DistributionFile): Promise<ArrayBuffer> {
    const bytes = await (await this.#ask(new URL(url), filename)).arrayBuffer();
    const came = await sha256(bytes);
    if (came === null)
      throw new PackageError("This page is not served over HTTPS, so what would be fetched could not be verified.");
    if (came !== digests.sha256)
      throw new PackageError(
        `${filename} is damaged, or is not the file that ${this.host} names: its SHA-256 is another.`,
      );
    return bytes;
  }

  #read<Schema extends v.GenericSchema>(schema: Schema, found: unknown, name: string): v.InferOutput<Schema> {
    const read = v.safeParse(schema, found);
    if (read.success) return read.output;
    throw new PackageError(`What ${this.host} says of ${name} cannot be read.`);
  }

  /** Null where there is none. */
  async #json(path: string): Promise<unknown> {
    const response = await this.#ask(new URL(path, this.#base), path.split("/", 1)[0] ?? path, [404]);
    return response.status === 404 ? null : response.json().catch(() => undefined);
  }

  async #ask(address: URL, what: string, expected: readonly number[] = []): Promise<Response> {
    let response: Response;
    try {
      // No cookie goes along, and not the address of this page, which may hold code.
      const signal = AbortSignal.timeout(LONGEST_WAIT_MS);
      response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer", signal });
    } catch {
      throw new PackageError(`${address.host} could not be reached for ${what}.`);
    }
    if (response.ok || expected.includes(response.status)) return response;
    throw new PackageError(`${address.host} did not give ${what} (HTTP ${response.status}).`);
  }
}

/** Null where the browser has no digests to offer. */
async function sha256(bytes: ArrayBuffer): Promise<string | null> {
  if (globalThis.crypto.subtle === undefined) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

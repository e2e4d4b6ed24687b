/**
 * Requests to a package index, with limits, while packages are being selected. They are aborted when the selection ends. Only
 * the first problem is recorded.
 */

import type { ChosenWheel } from "./dialog.ts";
import { PackageError } from "./package-error.ts";
import { type IndexResponse, MAX_BYTES, type SimpleIndex } from "./simple-index.ts";

const MAX_PROJECTS = 60;

export interface IndexSessionHost {
  /** Called for each selected wheel, before it is downloaded. */
  onWheel(wheel: ChosenWheel): void;
  signal: AbortSignal;
}

export class IndexSession {
  readonly #index: SimpleIndex;
  readonly #host: IndexSessionHost;
  readonly #responses = new Map<string, Promise<IndexResponse | null>>();
  readonly #projects = new Set<string>();
  /** The sizes of the requested wheels. */
  readonly #sizes = new Map<string, number>();
  #problem: PackageError | null = null;

  constructor(index: SimpleIndex, host: IndexSessionHost) {
    this.#index = index;
    this.#host = host;
  }

  /** The first reason why a request could not be carried out; null if there is none. */
  get problem(): PackageError | null {
    return this.#problem;
  }

  /** Carry out a request from the resolver. Return null if it is not allowed or fails; see `problem`. */
  serve(url: string): Promise<IndexResponse | null> {
    const response = this.#responses.get(url) ?? this.#request(url);
    this.#responses.set(url, response);
    return response;
  }

  async #request(url: string): Promise<IndexResponse | null> {
    try {
      return this.#index.fileAt(url) === undefined ? await this.#list(url) : await this.#download(url);
    } catch (error) {
      this.#problem ??= error instanceof PackageError ? error : new PackageError(String(error));
      return null;
    }
  }

  async #list(url: string): Promise<IndexResponse | null> {
    const project = this.#index.projectAt(url);
    if (project !== null) this.#projects.add(project);
    if (this.#projects.size > MAX_PROJECTS)
      throw new PackageError(`This would fetch more than ${MAX_PROJECTS} packages, which exceeds this page's limit.`);
    return await this.#index.fetch(url, this.#host.signal);
  }

  async #download(url: string): Promise<IndexResponse | null> {
    const { filename = "", size } = this.#index.fileAt(url) ?? {};
    this.#host.onWheel({ file: filename, bytes: size });
    this.#count(url, size ?? 0);
    const response = await this.#index.fetch(url, this.#host.signal);
    this.#count(url, response?.bytes.byteLength ?? 0);
    return response;
  }

  #count(url: string, bytes: number): void {
    this.#sizes.set(url, bytes);
    const total = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    if (total > MAX_BYTES)
      throw new PackageError(
        `These packages and their dependencies take up more than ${MAX_BYTES / 1e6} MB, which exceeds this page's limit.`,
      );
  }
}

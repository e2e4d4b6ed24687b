/** The files that the page sends, and a `fetch` that serves them instead of the network. */

import { Deferred } from "../deferred.ts";

/** The top-level domain `invalid` is reserved and never resolves. */
export const BASE_URL = "https://runtime.invalid/";

export class VirtualFiles {
  readonly emptyUrl = `${BASE_URL}nothing`;
  readonly #files = new Map<string, Deferred<ArrayBuffer>>();

  /** Announce a file that will arrive, unless it has arrived. */
  expect(name: string): void {
    if (!this.#files.has(name)) this.#files.set(name, new Deferred());
  }

  /** Add a file. A file may arrive before its announcement, which is sent through another port. */
  put(name: string, bytes: ArrayBuffer): void {
    this.expect(name);
    this.#expected(name).resolve(bytes);
  }

  /** Resolve when a file has arrived. */
  async arrived(name: string): Promise<void> {
    await this.#expected(name).promise;
  }

  /** Replace a file, even if it has already been taken. */
  replace(name: string, bytes: ArrayBuffer): void {
    this.#files.delete(name);
    this.put(name, bytes);
  }

  /** Wait for a file, and keep it, because it is needed again. */
  read(name: string): Promise<ArrayBuffer> {
    return this.#expected(name).promise;
  }

  /** Wait for a file that is needed only once, and remove it, because keeping it would waste memory. */
  async take(name: string): Promise<ArrayBuffer> {
    const bytes = await this.#expected(name).promise;
    this.#files.delete(name);
    return bytes;
  }

  #expected(name: string): Deferred<ArrayBuffer> {
    const file = this.#files.get(name);
    if (file === undefined) throw new TypeError(`Unknown file: ${name}`);
    return file;
  }

  /** Return a URL that loads a file as a script. */
  async scriptUrl(name: string): Promise<string> {
    return URL.createObjectURL(new Blob([await this.take(name)], { type: "text/javascript" }));
  }

  /** Replaces the global `fetch`. Pyodide requests its files by name, below a base URL that does not exist. */
  readonly fetch = async (resource: RequestInfo | URL): Promise<Response> => {
    const url = resource instanceof Request ? resource.url : String(resource);
    if (!url.startsWith(BASE_URL)) throw new TypeError("The sandbox has no network access.");
    if (url === this.emptyUrl) return new Response();
    const name = url.slice(BASE_URL.length);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(await this.#expected(name).promise, { headers: { "content-type": type } });
  };
}

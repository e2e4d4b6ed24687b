/** The files that have come or will come from the page, and a `fetch` that knows no others. */

import { Deferred } from "../deferred.ts";

/** The top-level domain `invalid` is promised never to exist. */
export const BASE_URL = "https://runtime.invalid/";

export class VirtualFiles {
  /** A URL at which there is a file without content. */
  readonly emptyUrl = `${BASE_URL}nothing`;
  readonly #files = new Map<string, Deferred<ArrayBuffer>>();

  /** Makes room for a file that is on its way, if it is not there already. */
  expect(name: string): void {
    if (!this.#files.has(name)) this.#files.set(name, new Deferred());
  }

  /** May come before the word that the file is on its way: these go by different ports. */
  put(name: string, bytes: ArrayBuffer): void {
    this.expect(name);
    this.#expected(name).resolve(bytes);
  }

  /** Puts something else in the place of a file, also of one that has been taken. */
  replace(name: string, bytes: ArrayBuffer): void {
    this.#files.delete(name);
    this.put(name, bytes);
  }

  /** Waits until the file is there, and gives it away: it is needed once and would only take up memory. */
  async take(name: string): Promise<ArrayBuffer> {
    const bytes = await this.#expected(name).promise;
    this.#files.delete(name);
    return bytes;
  }

  #expected(name: string): Deferred<ArrayBuffer> {
    const file = this.#files.get(name);
    if (file === undefined) throw new TypeError(`No file ${name} is on its way.`);
    return file;
  }

  /** A URL under which the code of a file can be loaded. */
  async scriptUrl(name: string): Promise<string> {
    return URL.createObjectURL(new Blob([await this.take(name)], { type: "text/javascript" }));
  }

  /** Stands in for the network: Pyodide asks for its files by name, below an address that does not exist. */
  readonly fetch = async (resource: RequestInfo | URL): Promise<Response> => {
    const url = resource instanceof Request ? resource.url : String(resource);
    if (!url.startsWith(BASE_URL)) throw new TypeError("The network cannot be reached from here.");
    if (url === this.emptyUrl) return new Response();
    const name = url.slice(BASE_URL.length);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(await this.#expected(name).promise, { headers: { "content-type": type } });
  };
}

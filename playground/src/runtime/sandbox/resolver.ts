/**
 * The sandboxed worker that selects packages with micropip. Its Python contains none of the visitor's code and exits
 * after the selection. Like the worker that runs code, this worker has no network access: the page decides which of its
 * requests to carry out.
 */

import { Deferred } from "../deferred.ts";
import resolverSource from "../resolver.py?raw";
import { messageOf } from "./message-of.ts";
import type { FileBytes } from "./messages.ts";
import { pagePortOf } from "./page-port.ts";
import { loaderOf } from "./pyodide-start.ts";
import type { LockedPackage, PackageQuery, ResolverMessage, ResolverReply } from "./resolver-messages.ts";
import { removeRestrictedGlobals } from "./restricted-globals.ts";
import { BASE_URL, VirtualFiles } from "./virtual-files.ts";

const LOCK_FILE = "pyodide-lock.json";
const SITE_PACKAGES = "/lib/python3.12/site-packages";

/** The functions of `resolver.py`. */
interface Resolver {
  resolve(query: string, extras: string): Promise<string>;
}

const files = new VirtualFiles();

addEventListener("message", ({ data, ports: [port] }: MessageEvent<FileBytes | null>) => {
  if (port !== undefined) serve(port);
  else if (data !== null) files.put(data.name, data.bytes);
});

function serve(port: MessagePort): void {
  const pagePort = pagePortOf<ResolverMessage>(port);
  const reply = (message: ResolverReply): void => pagePort.send(JSON.stringify(message));
  const requests = new PageRequests((id, url) => reply({ kind: "fetch", id, url }));
  pagePort.listen((message) => {
    switch (message.kind) {
      case "resolve":
        for (const name of message.files) files.expect(name);
        resolve(message.query, requests).then(
          (text) => pagePort.send(text),
          (failure) => reply({ kind: "crashed", message: messageOf(failure) }),
        );
        break;
      case "fetched":
        requests.settle(message.id, responseOf(message));
        break;
      case "refused":
        requests.settle(message.id, null);
        break;
    }
  });
}

async function resolve(query: PackageQuery, requests: PageRequests): Promise<string> {
  self.fetch = (resource) =>
    urlOf(resource).startsWith(BASE_URL) ? files.fetch(resource) : requests.fetch(urlOf(resource));
  const lock = await files.take(LOCK_FILE);
  files.put(LOCK_FILE, lockFile(lock, query.locked));
  const loadPyodide = await loaderOf(files);
  const pyodide = await loadPyodide({});
  pyodide.unpackArchive(await files.take("micropip.zip"), "zip", { extractDir: SITE_PACKAGES });
  const globals = pyodide.toPy({ __name__: "resolver" });
  pyodide.runPython(resolverSource, { globals, filename: "resolver.py" });
  const resolver: Resolver = { resolve: globals.get("resolve") };
  removeRestrictedGlobals(self); // pyodide.http already has a reference to `fetch`
  return resolver.resolve(JSON.stringify(query), new TextDecoder().decode(await files.take("extras.json")));
}

/** Return a lock file that lists exactly the packages that come with the page. micropip prefers them to those in the index. */
function lockFile(empty: ArrayBuffer, locked: readonly LockedPackage[]): ArrayBuffer {
  const { info } = JSON.parse(new TextDecoder().decode(empty));
  const packages = Object.fromEntries(
    locked.map(({ name, version }) => [
      name,
      {
        name,
        version,
        file_name: "",
        install_dir: "site",
        sha256: "",
        package_type: "package",
        imports: [],
        depends: [],
      },
    ]),
  );
  return new TextEncoder().encode(JSON.stringify({ info, packages })).buffer as ArrayBuffer;
}

function urlOf(resource: RequestInfo | URL): string {
  return resource instanceof Request ? resource.url : String(resource);
}

function responseOf({ status, contentType, bytes }: Extract<ResolverMessage, { kind: "fetched" }>): Response {
  return new Response(bytes, { status, headers: { "content-type": contentType } });
}

/** Requests that the page carries out. */
class PageRequests {
  readonly #send: (id: number, url: string) => void;
  readonly #waiting = new Map<number, Deferred<Response>>();
  #count = 0;

  constructor(send: (id: number, url: string) => void) {
    this.#send = send;
  }

  fetch(url: string): Promise<Response> {
    const id = ++this.#count;
    const response = new Deferred<Response>();
    this.#waiting.set(id, response);
    this.#send(id, url);
    return response.promise;
  }

  /** @param response null if the page did not carry out the request */
  settle(id: number, response: Response | null): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (response === null) waiting?.reject(new TypeError("The page did not carry out this request."));
    else waiting?.resolve(response);
  }
}

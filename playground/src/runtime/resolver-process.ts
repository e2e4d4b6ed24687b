/**
 * Selects packages with micropip in a separate sandboxed Python, which exits afterwards. The page carries out the requests from
 * this resolver, so the page decides which servers the resolver can reach.
 */

import * as v from "valibot";
import { Deferred } from "./deferred.ts";
import { SandboxedFrame } from "./frame.ts";
import { type RuntimeFile, readManifest } from "./manifest.ts";
import type { RuntimeFiles } from "./runtime-files.ts";
import workerSource from "./sandbox/resolver.ts?sandbox";
import type { PackageQuery, ResolverMessage } from "./sandbox/resolver-messages.ts";
import { maxItems } from "./validators.ts";

/** The runtime files that Python needs to start and to run micropip. */
const FILES = [
  "pyodide.mjs",
  "pyodide.asm.js",
  "pyodide.asm.wasm",
  "pyodide-lock.json",
  "python_stdlib.zip",
  "micropip.zip",
  "extras.json",
];
const MAX_MESSAGE_LENGTH = 1_000_000;
const MAX_PACKAGES = 1_000;
/** A resolution without a request or an answer for this long has failed. Each request has its own time limit. */
const STALLED_MILLISECONDS = 60_000;

const Text = v.pipe(v.string(), v.maxLength(4_000));
const Failed = v.object({ name: Text, versions: Text, by: v.nullable(Text), isOptional: v.boolean() });

const Reply = v.variant("kind", [
  v.object({ kind: v.literal("fetch"), id: v.number(), url: Text }),
  v.object({
    kind: v.literal("resolved"),
    wheels: maxItems(Text, MAX_PACKAGES),
    failed: maxItems(Failed, MAX_PACKAGES),
  }),
  v.object({ kind: v.literal("rejected"), message: Text }),
  v.object({ kind: v.literal("crashed"), message: Text }),
]);

/** A requirement for which the index has no suitable file. */
export type FailedRequirement = v.InferOutput<typeof Failed>;

/** The result of the resolver: the URLs of the selected wheels, and the requirements for which it found no wheel. */
export interface Resolution {
  wheels: string[];
  failed: FailedRequirement[];
}

/** A response to a request from the resolver. */
export interface ServedResponse {
  status: number;
  contentType: string;
  bytes: ArrayBuffer;
}

/** The requirements are invalid or conflict. The message is for the visitor. */
export class Unresolvable extends Error {
  override readonly name = "Unresolvable";
}

export class ResolverFailed extends Error {
  override readonly name = "ResolverFailed";
}

export type { PackageQuery };

export interface ResolverHost {
  /** The URL of the list of runtime files. */
  manifest: URL;
  files: RuntimeFiles;
  /** Carry out a request from the resolver, which may name any URL. Resolve to null to refuse the request. */
  serve(url: string): Promise<ServedResponse | null>;
}

/**
 * Select wheels.
 *
 * @param signal ends the resolver
 * @throws Unresolvable, ResolverFailed or BootFailed
 */
export async function resolvePackages(
  query: PackageQuery,
  host: ResolverHost,
  signal: AbortSignal,
): Promise<Resolution> {
  const resolver = new ResolverProcess(host, signal);
  try {
    return await resolver.run(query);
  } finally {
    resolver.end();
  }
}

class ResolverProcess {
  readonly #host: ResolverHost;
  readonly #frame: SandboxedFrame<ResolverMessage>;
  readonly #result = new Deferred<Resolution>();
  readonly #ended = new AbortController();
  readonly #signal: AbortSignal;
  /** The number of requests that the page is carrying out. */
  #requests = 0;
  #timeout: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ResolverHost, signal: AbortSignal) {
    this.#host = host;
    this.#signal = AbortSignal.any([signal, this.#ended.signal]);
    this.#frame = new SandboxedFrame(
      {
        onMessage: (message) => this.#receive(message),
        onError: (reason) => this.#fail(reason),
        onUnreadable: (file) => this.#fail(`The browser's copy of the runtime file ${file} cannot be read.`),
        onNavigated: () => this.#fail("Another page was loaded into the resolver's frame."),
      },
      workerSource,
    );
    signal.addEventListener("abort", () => this.#fail("The resolver was stopped."), { once: true });
  }

  async run(query: PackageQuery): Promise<Resolution> {
    this.#progress();
    this.#deliver(query).catch((error: unknown) =>
      this.#result.reject(error instanceof Error ? error : new ResolverFailed(String(error))),
    );
    return await this.#result.promise;
  }

  end(): void {
    clearTimeout(this.#timeout);
    this.#ended.abort();
    this.#frame.close();
  }

  async #deliver(query: PackageQuery): Promise<void> {
    const { files } = await readManifest(this.#host.manifest);
    const needed = files.filter(({ name }) => FILES.includes(name));
    this.#send({ kind: "resolve", files: needed.map(({ name }) => name), query });
    await Promise.all(needed.map((file) => this.#deliverOne(file)));
  }

  async #deliverOne(file: RuntimeFile): Promise<void> {
    const blob = await this.#host.files.load(file, this.#signal, () => this.#progress());
    if (!this.#signal.aborted) this.#frame.deliver({ name: file.name, blob });
  }

  #receive(message: unknown): void {
    if (this.#signal.aborted) return;
    this.#progress();
    const reply = readReply(message);
    switch (reply?.kind) {
      case "fetch":
        void this.#serve(reply.id, reply.url);
        break;
      case "resolved":
        this.#result.resolve({ wheels: reply.wheels, failed: reply.failed });
        break;
      case "rejected":
        this.#result.reject(new Unresolvable(reply.message));
        break;
      case "crashed":
        this.#fail(reply.message.trimEnd().split("\n").at(-1) ?? "");
        break;
      case undefined:
        this.#fail("The resolver sent an invalid message.");
        break;
    }
  }

  async #serve(id: number, url: string): Promise<void> {
    this.#requests += 1;
    this.#progress();
    const response = await this.#host.serve(url).catch(() => null);
    this.#requests -= 1;
    this.#progress();
    if (response === null) this.#send({ kind: "refused", id });
    else this.#send({ kind: "fetched", id, ...response });
  }

  #send(message: ResolverMessage): void {
    if (!this.#signal.aborted) this.#frame.send(message);
  }

  #progress(): void {
    clearTimeout(this.#timeout);
    if (this.#signal.aborted || this.#requests > 0) return;
    this.#timeout = setTimeout(
      () => this.#fail(`The resolver made no progress for ${STALLED_MILLISECONDS / 1000} seconds.`),
      STALLED_MILLISECONDS,
    );
  }

  #fail(reason: string): void {
    this.#result.reject(new ResolverFailed(`The packages could not be selected. ${reason}`));
  }
}

function readReply(message: unknown): v.InferOutput<typeof Reply> | null {
  if (typeof message !== "string" || message.length > MAX_MESSAGE_LENGTH) return null;
  try {
    const parsed = v.safeParse(Reply, JSON.parse(message));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** The `PythonRuntime` in a sandboxed frame. When a process is stopped or crashes, the next one starts automatically. */

import type {
  AttributeView,
  CheckView,
  ComparisonView,
  CompletionView,
  ElementsView,
  ExportView,
  FieldTexts,
  Files,
  GraphView,
  NodeState,
  Preview,
  RunView,
} from "../protocol.ts";
import { Deferred } from "./deferred.ts";
import { BootFailed, Crashed, crashFrom, Stopped, Superseded } from "./failures.ts";
import { GraphVersions } from "./graph-versions.ts";
import { importedModules, modulesImportedBy } from "./imported-modules.ts";
import { OriginQueue } from "./origin-queue.ts";
import { type ProcessEvents, PythonProcess } from "./python-process.ts";
import { RequestQueue } from "./request-queue.ts";
import type {
  AttributeDescription,
  CheckParams,
  CodeOrigin,
  CodePosition,
  ExportParams,
  PackStatus,
  PythonRuntime,
  RuntimeStatus,
  TablePosition,
} from "./runtime.ts";
import type { RuntimeFiles } from "./runtime-files.ts";

export class SandboxedRuntime implements PythonRuntime {
  readonly #manifest: URL;
  readonly #files: RuntimeFiles;
  // Advance in a later task, because an answer may cause another request about the same run.
  readonly #requests = new RequestQueue(() => setTimeout(() => this.#origins.advance()));
  readonly #origins = new OriginQueue({ isIdle: () => this.#requests.isIdle, replace: () => this.#replace() });
  readonly #graphs = new GraphVersions();
  readonly #listeners = new Set<(status: RuntimeStatus) => void>();
  #status: RuntimeStatus = { phase: "asleep" };
  #process: PythonProcess | null = null;
  #booted = new Deferred<void>();
  #packs: PackStatus = null;
  /** The modules that the latest outlined code imports; null if no code has been outlined. */
  #expectedModules: ReadonlySet<string> | null = null;
  /** The number of failed starts. */
  #failures = 0;

  /** Packages that the visitor has fetched; each process installs them. */
  readonly #wheels: ArrayBuffer[] = [];

  /** @param folder the URL of the folder with the manifest and its files */
  constructor(folder: URL, files: RuntimeFiles) {
    this.#manifest = new URL("manifest.json", folder);
    this.#files = files;
  }

  get status(): RuntimeStatus {
    return this.#status;
  }

  subscribe(listener: (status: RuntimeStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  boot(): Promise<void> {
    if (this.#process === null) this.#start(false);
    return this.#booted.promise;
  }

  async outline(session: string, files: Files, values?: FieldTexts, stamps = true): Promise<GraphView> {
    this.#bootIfIdle();
    this.#expectImports(files);
    const base = this.#graphs.latest(session);
    const params = { session, files, stamps, ...(values && { values }), ...(base && { since: base.version }) };
    const { graph, version } = await this.#requests.request("outline", params);
    return this.#graphs.complete(session, graph, version, base);
  }

  async run(
    session: string,
    files: Files,
    outputs: readonly string[] | null,
    onState: (node: string, state: NodeState, elements?: ElementsView) => void,
    values: FieldTexts | undefined,
    origin: CodeOrigin,
  ): Promise<RunView> {
    this.#bootIfIdle();
    const params = { session, files, outputs: outputs && [...outputs], ...(values && { values }) };
    return await this.#origins.enqueue({ kind: "run", session, origin }, async () => {
      this.#loadPacks(modulesImportedBy(files));
      const base = this.#graphs.latest(session); // read after waiting for an interpreter, which may be new
      const since = base && { since: base.version };
      const { result, version } = await this.#requests.request("run", { ...params, ...since }, onState);
      return { ...result, graph: this.#graphs.complete(session, result.graph, version, base) };
    });
  }

  async preview(session: string, node: string, position?: TablePosition): Promise<Preview | null> {
    this.#bootIfIdle();
    const answer = await this.#requests.request("preview", { session, node, ...position });
    return answer.node === node ? answer.preview : null;
  }

  async keys(session: string, node: string): Promise<readonly CompletionView[]> {
    if (!this.#isReady) return [];
    return (await this.#requests.request("complete", { session, node })).completions;
  }

  async attributes(session: string, position: CodePosition): Promise<readonly AttributeView[]> {
    const process = this.#process;
    if (!this.#isReady || process === null) return [];
    await process.loadOptional(["jedi"]);
    if (!this.#isReady || process !== this.#process) return [];
    const { attributes } = await this.#requests.request("attributes", { session, ...position });
    if (attributes === null) throw new BootFailed("Python cannot import the library jedi.");
    return attributes;
  }

  async describe(session: string, name: string): Promise<AttributeDescription | null> {
    return this.#isReady ? await this.#requests.request("describe", { session, name }) : null;
  }

  async compare(session: string, before: string): Promise<ComparisonView> {
    this.#bootIfIdle();
    return (await this.#requests.request("compare", { session, before })).comparison;
  }

  async check(session: string, params: CheckParams): Promise<CheckView> {
    this.#bootIfIdle();
    this.#loadPacks(importedModules(params.source));
    return (await this.#requests.request("check", { session, ...params })).check;
  }

  async export(session: string, params: ExportParams, origin: CodeOrigin): Promise<ExportView> {
    this.#bootIfIdle();
    const start = () => {
      this.#loadPacks(modulesImportedBy(params.files));
      return this.#requests.request("export", { session, ...params });
    };
    return (await this.#origins.enqueue({ kind: "export", session, origin }, start)).export;
  }

  async close(session: string): Promise<void> {
    const reason = new Superseded("The session was closed.");
    this.#graphs.close(session);
    this.#origins.rejectSession(session, reason);
    this.#requests.rejectSession(session, reason);
    if (this.#status.phase === "ready") await this.#requests.request("close", { session });
  }

  install(wheels: readonly ArrayBuffer[]): void {
    this.#wheels.push(...wheels);
    for (const wheel of wheels) this.#process?.install(wheel);
  }

  abandon(session: string): void {
    const reason = new Superseded("Different code was opened.");
    this.#origins.rejectSession(session, reason);
    const isBusy = this.#requests.rejectSession(session, reason);
    if (isBusy) this.stop();
  }

  stop(): void {
    this.#origins.rejectAll(new Stopped("Stopped."));
    this.#requests.rejectAll(new Stopped("Stopped."));
    // While Python boots, no request has been sent, so nothing needs to be stopped.
    if (this.#status.phase === "ready") this.#restart();
  }

  /** False if Python is starting. Completion then returns nothing, instead of waiting. */
  get #isReady(): boolean {
    return this.#status.phase === "ready";
  }

  /** Boot Python for a request, but not after a failed start: the visitor decides when to try again. */
  #bootIfIdle(): void {
    if (this.#status.phase === "failed") throw new BootFailed(this.#status.message);
    if (this.#process === null) this.#start(false);
  }

  /**
   * Replace the interpreter before code from another origin runs. An interpreter that is booting has run no code and can be
   * used.
   */
  #replace(): void {
    if (this.#status.phase === "ready") this.#restart();
    else this.#origins.reset();
  }

  #restart(): void {
    this.#requests.disconnect();
    this.#process?.end();
    this.#booted = new Deferred();
    this.#start(true);
  }

  #start(restarting: boolean): void {
    if (this.#status.phase === "failed") this.#booted = new Deferred();
    // The status reports the failure, so subscribers need not handle the rejection.
    this.#booted.promise.catch(() => {});
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    const events: ProcessEvents = {
      booting: (stage, done, of, secondsLeft) =>
        this.#setStatus({ phase: "booting", stage, done, of, secondsLeft, restarting }),
      ready: () => {
        this.#setStatus({ phase: "ready", complete: false, seconds: seconds(), packs: this.#packs });
        this.#requests.connect((request) => process.send(request));
        this.#booted.resolve();
      },
      complete: () => {
        if (this.#status.phase === "ready") this.#setStatus({ ...this.#status, complete: true });
      },
      loadingPacks: (progress) => this.#setPacks(progress),
      packsFailed: (reason) => {
        this.#origins.rejectAll(reason);
        this.#requests.rejectAll(reason);
        this.#setPacks({ failure: reason.message });
      },
      expects: (envelope) => this.#requests.expects(envelope),
      received: (reply) => {
        if (reply.kind === "crashed") this.#handleExit(crashFrom(reply.message));
        else this.#requests.receive(reply);
      },
      exited: (reason) => this.#handleExit(reason),
    };
    this.#setStatus({ phase: "booting", stage: "fetch", done: 0, of: 0, secondsLeft: null, restarting });
    this.#packs = null;
    this.#origins.reset();
    this.#graphs.forget();
    const process = new PythonProcess(this.#manifestUrl, this.#files, events);
    this.#process = process;
    if (this.#expectedModules !== null) process.expectModules(this.#expectedModules);
    for (const wheel of this.#wheels) process.install(wheel);
  }

  /** The manifest's URL. It changes after a failure, because the browser may still be waiting for the last response. */
  get #manifestUrl(): URL {
    return this.#failures === 0 ? this.#manifest : new URL(`?again=${this.#failures}`, this.#manifest);
  }

  #handleExit(reason: BootFailed | Crashed): void {
    this.#requests.rejectAll(reason);
    if (reason instanceof Crashed) {
      this.#restart();
      return;
    }
    this.#origins.rejectAll(reason);
    this.#requests.disconnect();
    this.#failures += 1;
    this.#process = null;
    this.#setStatus({ phase: "failed", message: reason.message });
    this.#booted.reject(reason);
  }

  /** Tell the Python process that is starting, and later processes, which modules the code imports. */
  #expectImports(files: Files): void {
    this.#expectedModules = modulesImportedBy(files);
    this.#process?.expectModules(this.#expectedModules);
  }

  /** Load the packs with these modules before a request that imports them. */
  #loadPacks(modules: ReadonlySet<string>): void {
    if (this.#packs !== null && "failure" in this.#packs) this.#setPacks(null);
    this.#process?.loadModules(modules);
  }

  #setPacks(packs: PackStatus): void {
    this.#packs = packs;
    if (this.#status.phase === "ready") this.#setStatus({ ...this.#status, packs });
  }

  #setStatus(status: RuntimeStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}

/** `PythonRuntime` over lives of sealed Python: when one ends, stopped or crashed, the next begins by itself. */

import type {
  CheckView,
  ComparisonView,
  ExportView,
  Files,
  Given,
  GraphView,
  NodeState,
  Preview,
  RunView,
} from "../protocol.ts";
import { Deferred } from "./deferred.ts";
import { BootFailed, Crashed, crashed, Stopped, Superseded } from "./failures.ts";
import { GraphVersions } from "./graph-versions.ts";
import { Life, type Witness } from "./python-process.ts";
import { Questions } from "./request-queue.ts";
import type { CodeOrigin, TablePosition, PythonRuntime, RuntimeStatus, Taking } from "./runtime.ts";
import { Supply } from "./runtime-files.ts";
import { Turns } from "./origin-queue.ts";

export class SealedRuntime implements PythonRuntime {
  readonly #manifest: URL;
  readonly #supply: Supply;
  // In a task of its own: what has just been answered may lead to another question about the same run.
  readonly #questions = new Questions(() => setTimeout(() => this.#turns.serve()));
  readonly #turns = new Turns({ isIdle: () => this.#questions.isIdle, replace: () => this.#replace() });
  readonly #graphs = new GraphVersions();
  readonly #listeners = new Set<(status: RuntimeStatus) => void>();
  #status: RuntimeStatus = { phase: "asleep" };
  #life: Life | null = null;
  #booted = new Deferred<void>();
  /** How many starts have failed. */
  #failures = 0;

  /** Packages that the visitor had fetched: each life of Python gets them. */
  readonly #wheels: ArrayBuffer[] = [];

  /** @param folder where the manifest and the files that it lists are served */
  constructor(folder: URL) {
    this.#manifest = new URL("manifest.json", folder);
    this.#supply = new Supply(folder);
  }

  get status(): RuntimeStatus {
    return this.#status;
  }

  subscribe(listener: (status: RuntimeStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  boot(): Promise<void> {
    if (this.#life === null) this.#begin(false);
    return this.#booted.promise;
  }

  async outline(session: string, files: Files, given?: Given, stamps = true): Promise<GraphView> {
    this.#wake();
    const base = this.#graphs.latest(session);
    const wish = { session, files, stamps, ...(given && { given }), ...(base && { since: base.version }) };
    const { graph, version } = await this.#questions.ask("outline", wish);
    return this.#graphs.completed(session, graph, version, base);
  }

  async run(
    session: string,
    files: Files,
    outputs: readonly string[] | null,
    onState: (node: string, state: NodeState) => void,
    given: Given | undefined,
    origin: CodeOrigin,
  ): Promise<RunView> {
    this.#wake();
    const wish = { session, files, outputs: outputs && [...outputs], ...(given && { given }) };
    return await this.#turns.take({ kind: "run", session, origin }, async () => {
      const base = this.#graphs.latest(session); // of the Python that it runs in
      const since = base && { since: base.version };
      const { result, version } = await this.#questions.ask("run", { ...wish, ...since }, onState);
      return { ...result, graph: this.#graphs.completed(session, result.graph, version, base) };
    });
  }

  async preview(session: string, node: string, place?: TablePosition): Promise<Preview | null> {
    this.#wake();
    const answer = await this.#questions.ask("preview", { session, node, ...place });
    return answer.node === node ? answer.preview : null;
  }

  async compare(session: string, before: string): Promise<ComparisonView> {
    this.#wake();
    return (await this.#questions.ask("compare", { session, before })).comparison;
  }

  async check(session: string, source: string): Promise<CheckView> {
    this.#wake();
    return (await this.#questions.ask("check", { session, source })).check;
  }

  async take(session: string, taking: Taking, origin: CodeOrigin): Promise<ExportView> {
    this.#wake();
    const ask = () => this.#questions.ask("export", { session, ...taking });
    return (await this.#turns.take({ kind: "export", session, origin }, ask)).export;
  }

  async close(session: string): Promise<void> {
    const reason = new Superseded("The session was closed.");
    this.#graphs.close(session);
    this.#turns.rejectSession(session, reason);
    this.#questions.rejectSession(session, reason);
    if (this.#status.phase === "ready") await this.#questions.ask("close", { session });
  }

  install(wheels: readonly ArrayBuffer[]): void {
    this.#wheels.push(...wheels);
    for (const wheel of wheels) this.#life?.install(wheel);
  }

  abandon(session: string): void {
    const reason = new Superseded("Other code was opened.");
    this.#turns.rejectSession(session, reason);
    const isBusy = this.#questions.rejectSession(session, reason);
    if (isBusy) this.stop();
  }

  stop(): void {
    this.#turns.rejectAll(new Stopped("Stopped."));
    this.#questions.rejectAll(new Stopped("Stopped."));
    // While Python boots, nothing has been sent to it yet: there is nothing to end.
    if (this.#status.phase === "ready") this.#restart();
  }

  /** A request boots Python, but does not try again by itself what has failed: that is for the visitor to say. */
  #wake(): void {
    if (this.#status.phase === "failed") throw new BootFailed(this.#status.message);
    if (this.#life === null) this.#begin(false);
  }

  /** For code of another origin. While Python boots, nothing has run in it yet. */
  #replace(): void {
    if (this.#status.phase === "ready") this.#restart();
    else this.#turns.renew();
  }

  #restart(): void {
    this.#questions.shut();
    this.#life?.end();
    this.#booted = new Deferred();
    this.#begin(true);
  }

  #begin(restarting: boolean): void {
    if (this.#status.phase === "failed") this.#booted = new Deferred();
    // Who only watches the status need not also catch the promise.
    this.#booted.promise.catch(() => {});
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    const witness: Witness = {
      booting: (stage, done, of) => this.#tell({ phase: "booting", stage, done, of, restarting }),
      ready: () => {
        this.#tell({ phase: "ready", complete: false, seconds: seconds() });
        this.#questions.open((request) => life.ask(request));
        this.#booted.resolve();
      },
      complete: () => {
        if (this.#status.phase === "ready") this.#tell({ ...this.#status, complete: true });
      },
      awaits: (envelope) => this.#questions.awaits(envelope),
      heard: (reply) => {
        if (reply.kind === "crashed") this.#mourn(crashed(reply.message));
        else this.#questions.hear(reply);
      },
      died: (reason) => this.#mourn(reason),
    };
    this.#tell({ phase: "booting", stage: "fetch", done: 0, of: 1, restarting });
    this.#turns.renew();
    this.#graphs.forget();
    const life = new Life(this.#list, this.#supply, witness);
    this.#life = life;
    for (const wheel of this.#wheels) life.install(wheel);
  }

  /** Asked for anew after a failure: the browser would hand out the answer that did not come, if it still waits for it. */
  get #list(): URL {
    return this.#failures === 0 ? this.#manifest : new URL(`?again=${this.#failures}`, this.#manifest);
  }

  #mourn(reason: BootFailed | Crashed): void {
    this.#questions.rejectAll(reason);
    if (reason instanceof Crashed) {
      this.#restart();
      return;
    }
    this.#turns.rejectAll(reason);
    this.#questions.shut();
    this.#failures += 1;
    this.#life = null;
    this.#tell({ phase: "failed", message: reason.message });
    this.#booted.reject(reason);
  }

  #tell(status: RuntimeStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}

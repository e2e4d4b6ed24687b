/** The code that is open: where it came from, and the way back to it. */

import type { OptionSource } from "../embed/options.ts";
import { type LoadedProject, loadCode, loadExample, loadLink } from "../loading/load-project.ts";
import { isAllowedHere } from "../share/consent-store.ts";
import type { Store } from "../state/store.ts";
import type { Workspace } from "../state/workspace.ts";

export interface CurrentProjectHost {
  store: Store;
  /** The folder of the bundle's own files. */
  assets: URL;
  /** The example that the page opens by itself. */
  example(): string;
  /** A module that the page gives in the place of an example. */
  code(): OptionSource;
  /** The node to pick once the graph is known. */
  select: string | null;
  /** Other code is about to be shown. */
  replaced(): void;
  /** Other code than the address tells of is about to be shown. */
  leftAddress(): void;
}

export class CurrentProject {
  readonly #host: CurrentProjectHost;
  #opening: LoadedProject | null = null;
  #toSelect: string | null;

  constructor(host: CurrentProjectHost) {
    this.#host = host;
    this.#toSelect = host.select;
  }

  get isKnown(): boolean {
    return this.#opening !== null;
  }

  /** What is shown where no link and no draft is. */
  async usual(): Promise<LoadedProject> {
    const { value, isFromAddress } = this.#host.code();
    if (value !== null) return loadCode(value, isFromAddress);
    return loadExample(this.#host.assets, this.#host.example());
  }

  link(fragment: string): Promise<LoadedProject> {
    return loadLink(this.#host.assets, fragment, this.#host.example());
  }

  adopt(opening: LoadedProject): void {
    this.#opening = opening;
    this.#host.replaced();
    const { store } = this.#host;
    store.send(opening.opened);
    const { notice, remark } = opening;
    if (notice !== null) store.send({ kind: "noticed", notice: { message: notice, about: "link" } });
    else if (remark) store.send({ kind: "noticed", notice: { message: remark, about: "link", calm: true } });
  }

  /** Other code than the address tells of. */
  show(opening: LoadedProject): void {
    this.#host.leftAddress();
    this.adopt(opening);
  }

  /** Opens again what was opened. It runs without a question only if the visitor allowed exactly that code. */
  reset(): void {
    if (this.#opening === null) return;
    const { opened } = this.#opening;
    this.adopt({ opened: { ...opened, trusted: opened.trusted || isAllowedHere(opened) }, notice: null });
  }

  /** Picks the node that the page wants picked, as soon as it is known what nodes there are. */
  pick({ graph }: Workspace): void {
    const node = this.#toSelect;
    if (node === null || graph.nodes.length === 0) return;
    this.#toSelect = null;
    const { store } = this.#host;
    if (graph.nodes.some(({ name }) => name === node)) store.send({ kind: "node-chosen", node, by: "caret" });
    else {
      const message = `select="${node}" is no node of this dataflow.`;
      store.send({ kind: "noticed", notice: { message, about: "link" } });
    }
  }
}

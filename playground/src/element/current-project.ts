/** The code that is open, and how to reset it. */

import type { OptionSource } from "../embed/options.ts";
import { type LoadedProject, loadCode, loadExample, loadLink } from "../loading/load-project.ts";
import { isAllowedHere } from "../share/consent-store.ts";
import type { Store } from "../state/store.ts";
import type { Workspace } from "../state/workspace.ts";

export interface CurrentProjectHost {
  store: Store;
  /** The base URL of the bundle's files. */
  assets: URL;
  /** The name of the page's default example. */
  example(): string;
  /** A module that the page specifies instead of an example. */
  code(): OptionSource;
  /** The node to select once the graph is available. */
  select: string | null;
  /** Called before different code is shown. */
  beforeShow(): void;
  /** Called before showing code that differs from the link in the URL. */
  beforeLeavingLink(): void;
}

export class CurrentProject {
  readonly #host: CurrentProjectHost;
  #project: LoadedProject | null = null;
  #nodeToSelect: string | null;
  #beforeReset: Workspace | null = null;

  constructor(host: CurrentProjectHost) {
    this.#host = host;
    this.#nodeToSelect = host.select;
  }

  get isLoaded(): boolean {
    return this.#project !== null;
  }

  /** Load the default code, for a page without a link or a draft. */
  async loadDefault(): Promise<LoadedProject> {
    const { value, isFromUrl } = this.#host.code();
    if (value !== null) return loadCode(value, isFromUrl);
    return loadExample(this.#host.assets, this.#host.example());
  }

  loadLink(fragment: string): Promise<LoadedProject> {
    return loadLink(this.#host.assets, fragment, this.#host.example());
  }

  load(project: LoadedProject): void {
    this.#project = project;
    this.#open(project.opened);
    const { store } = this.#host;
    const { notice, info } = project;
    if (notice !== null) store.send({ kind: "notice-set", notice: { message: notice, about: "link" } });
    else if (info) store.send({ kind: "notice-set", notice: { message: info, about: "link", calm: true } });
  }

  /** Show code that differs from the link in the URL. */
  show(project: LoadedProject): void {
    this.#host.beforeLeavingLink();
    this.load(project);
  }

  /** Reopen the original code. It runs without asking only if the visitor allowed exactly that code. */
  reset(): void {
    if (this.#project === null) return;
    const { opened } = this.#project;
    const { store } = this.#host;
    this.#beforeReset = store.workspace;
    this.#reopen({ ...opened, trusted: opened.trusted || isAllowedHere(opened) });
    const message = "The original code was restored.";
    store.send({ kind: "notice-set", notice: { message, about: "code", calm: true, undo: true } });
  }

  /** Reopen the code and the values as they were before the latest reset. */
  undoReset(): void {
    if (this.#project === null || this.#beforeReset === null) return;
    const { files, fieldTexts, outputs, trusted } = this.#beforeReset;
    this.#reopen({ ...this.#project.opened, files, fieldTexts, outputs, trusted });
  }

  #open(opened: LoadedProject["opened"]): void {
    this.#host.beforeShow();
    this.#host.store.send(opened);
  }

  /** Open another version of the project, and show the same file and part as before the latest reset. */
  #reopen(opened: LoadedProject["opened"]): void {
    this.#open(opened);
    const { active = "", view = "code" } = this.#beforeReset ?? {};
    if (Object.hasOwn(opened.files, active)) this.#host.store.send({ kind: "file-chosen", file: active, view });
  }

  /** Select the node that the page specifies, once the graph is available. */
  selectInitialNode({ graph }: Workspace): void {
    const node = this.#nodeToSelect;
    if (node === null || graph.nodes.length === 0) return;
    this.#nodeToSelect = null;
    const { store } = this.#host;
    if (graph.nodes.some(({ name }) => name === node)) store.send({ kind: "node-selected", node, by: "caret" });
    else {
      const message = `select="${node}" does not match a node in this dataflow.`;
      store.send({ kind: "notice-set", notice: { message, about: "link" } });
    }
  }
}

/** The box that Fetch opens: asks once a page, has a package fetched, and gives it to Python. Loaded with the first package. */

import { nothing, type TemplateResult } from "lit";
import { readManifest } from "../runtime/manifest.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import { packageDialogTemplate } from "./dialog.ts";
import { packageOf } from "./module-names.ts";

export interface PackageBoxHost {
  /** The folder of the bundle's own files. */
  assets: URL;
  runtime: PythonRuntime;
  /** The address of the site's package index; empty where it names none. */
  index(): string;
  requestUpdate(): void;
  /** Something has come that the code imports. */
  fetched(message: string): void;
  /** Something to tell, in sentences. */
  tell(message: string): void;
}

interface FetchState {
  module: string;
  project: string;
  fetching: boolean;
  refusal: string | null;
}

/** Both end with the page, as its Python does. */
const page = { consented: false, fetched: new Set<string>() };

export class PackageBox {
  readonly #host: PackageBoxHost;
  #state: FetchState | null = null;

  constructor(host: PackageBoxHost) {
    this.#host = host;
  }

  open(module: string): void {
    const project = packageOf(module);
    const isHere = page.fetched.has(project.toLowerCase());
    const refusal = isHere ? `${project} has been fetched, and holds no ${module}. Which package does?` : null;
    this.#state = { module, project, fetching: false, refusal };
    if (page.consented && !isHere) void this.#fetch(project);
    this.#host.requestUpdate();
  }

  template(): TemplateResult | typeof nothing {
    if (this.#state === null) return nothing;
    return packageDialogTemplate({
      ...this.#state,
      host: URL.canParse(this.#host.index()) ? new URL(this.#host.index()).host : this.#host.index(),
      onFetch: (project) => {
        page.consented = true;
        void this.#fetch(project);
      },
      onClose: () => this.#show(null),
    });
  }

  async #fetch(project: string): Promise<void> {
    if (this.#state === null) return;
    const state: FetchState = { ...this.#state, project, fetching: true, refusal: null };
    this.#show(state);
    try {
      const { fetchWheels } = await import("./fetch-wheels.ts");
      const wheels = await fetchWheels(this.#host.index(), project, await this.#present());
      if (this.#state !== state) return; // the visitor left the box
      this.#host.runtime.install(wheels.map(({ bytes }) => bytes));
      page.fetched.add(project.toLowerCase());
      for (const wheel of wheels) page.fetched.add(wheel.project);
      this.#show(null);
      this.#host.fetched(`Fetched ${wheels.map(({ project: name, version }) => `${name} ${version}`).join(", ")}.`);
    } catch (error) {
      if (this.#state !== state) return;
      this.#show({ ...state, fetching: false, refusal: error instanceof Error ? error.message : String(error) });
    }
  }

  /** What Python has: the runtime's packages, and those that were fetched before. */
  async #present(): Promise<string[]> {
    const { files } = await readManifest(new URL("runtime/manifest.json", this.#host.assets));
    const packed = files.filter(({ imports }) => imports.length > 0).map(({ name }) => name.replace(/\.zip$/, ""));
    return ["headwater", ...packed, ...page.fetched];
  }

  #show(state: FetchState | null): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}

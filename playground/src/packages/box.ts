/** The dialog that fetches a package and installs it in Python. It asks for consent once per page. */

import { nothing, type TemplateResult } from "lit";
import { readManifest } from "../runtime/manifest.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import { packageDialogTemplate } from "./dialog.ts";
import { packageOf } from "./module-names.ts";

export interface PackageBoxHost {
  /** The folder of the bundle. */
  assets: URL;
  runtime: PythonRuntime;
  /** The URL of the site's package index; empty if there is none. */
  index(): string;
  requestUpdate(): void;
  /** Run the code again after its imports were installed. */
  onFetched(message: string): void;
  /** Show a message to the visitor. */
  notify(message: string): void;
}

interface FetchState {
  module: string;
  project: string;
  fetching: boolean;
  refusal: string | null;
}

/** State that lasts until the visitor leaves the page, as Python does. */
const page = { consented: false, fetched: new Set<string>() };

export class PackageBox {
  readonly #host: PackageBoxHost;
  #state: FetchState | null = null;

  constructor(host: PackageBoxHost) {
    this.#host = host;
  }

  open(module: string): void {
    const project = packageOf(module);
    const isInstalled = page.fetched.has(project.toLowerCase());
    const refusal = isInstalled
      ? `${project} has been installed, but does not contain ${module}. Enter another package.`
      : null;
    this.#state = { module, project, fetching: false, refusal };
    if (page.consented && !isInstalled) void this.#fetch(project);
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
      const wheels = await fetchWheels(this.#host.index(), project, await this.#installedPackages());
      if (this.#state !== state) return; // the visitor has closed the dialog
      this.#host.runtime.install(wheels.map(({ bytes }) => bytes));
      page.fetched.add(project.toLowerCase());
      for (const wheel of wheels) page.fetched.add(wheel.project);
      this.#show(null);
      this.#host.onFetched(`Fetched ${wheels.map(({ project: name, version }) => `${name} ${version}`).join(", ")}.`);
    } catch (error) {
      if (this.#state !== state) return;
      this.#show({ ...state, fetching: false, refusal: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Return the packages that are already installed in Python. */
  async #installedPackages(): Promise<string[]> {
    const { files } = await readManifest(new URL("runtime/manifest.json", this.#host.assets));
    const packed = files.filter(({ imports }) => imports.length > 0).map(({ name }) => name.replace(/\.zip$/, ""));
    return ["headwater", ...packed, ...page.fetched];
  }

  #show(state: FetchState | null): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}

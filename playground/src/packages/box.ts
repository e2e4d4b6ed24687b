/** Fetches packages and installs them in Python. Asks for consent once per page and package index. Loaded on first use. */

import { nothing, type TemplateResult } from "lit/html.js";
import { getOwn } from "../get-own.ts";
import { joinNames } from "../join-names.ts";
import type { Files } from "../protocol.ts";
import { type Manifest, readManifest } from "../runtime/manifest.ts";
import type { PythonRuntime } from "../runtime/runtime.ts";
import { escapeInvisible } from "../special-characters.ts";
import { isMet, packagesOf } from "./available.ts";
import { barTemplate } from "./bar.ts";
import { type ChosenWheel, packageDialogTemplate } from "./dialog.ts";
import { packageOf } from "./module-names.ts";
import type { AvailablePackage } from "./reasons.ts";
import { requirementsIn, withRequirement } from "./script-metadata.ts";
import { type Resolve, type Selection, selectPackages } from "./select.ts";
import { type FetchedWheel, normalizeName, SimpleIndex } from "./simple-index.ts";

export interface PackageBoxHost {
  /** The base URL of the bundle's files. */
  assets: URL;
  runtime: PythonRuntime;
  resolve: Resolve;
  /** The URL of the site's package index; empty for the resolver's default. */
  index(): string;
  files(): Files;
  /** True if the visitor cannot edit the code. */
  isReadOnly: boolean;
  requestUpdate(): void;
  /** Replace the text of a file, as if the visitor had edited it. */
  onEdit(file: string, text: string): void;
  /** Report whether the requirements in these files are met. */
  onChecked(files: Files, areMet: boolean): void;
  /** Run the code, now that its packages are installed. */
  onFetched(message: string): void;
  /** Show a message to the visitor. */
  notify(message: string): void;
}

interface FetchState {
  /** The module whose import failed, and its file; null if the code's metadata lists the packages. */
  missing: { module: string; file: string | null } | null;
  project: string;
  /** The requirements in the code's metadata that are not met. */
  listed: readonly string[];
  addsMetadata: boolean;
  /** The wheels selected so far; null while the visitor is asked for consent. */
  chosen: readonly ChosenWheel[] | null;
  refusal: string | null;
}

/** State that, like Python, lasts until the visitor leaves the page. */
const page = {
  /** The URLs of indexes from which the visitor has agreed to fetch packages. */
  consented: new Set<string>(),
  /** The text of each requirement that the fetched packages meet. */
  met: new Set<string>(),
  fetched: new Map<string, AvailablePackage>(),
  index: null as SimpleIndex | null,
};

/** Read the list of runtime files, which names the packages that come with the page, and create the box. */
export async function openBox(host: PackageBoxHost): Promise<PackageBox> {
  return new PackageBox(host, await readManifest(new URL("runtime/manifest.json", host.assets)));
}

export class PackageBox {
  readonly #host: PackageBoxHost;
  /** The packages that come with the page. */
  readonly #available: readonly AvailablePackage[];
  readonly #defaultIndex: string;
  #state: FetchState | null = null;
  #fetching = new AbortController();

  constructor(host: PackageBoxHost, { index, files }: Manifest) {
    this.#host = host;
    this.#defaultIndex = index;
    this.#available = packagesOf(files);
  }

  /** Find out whether the requirements in the files' metadata are met. */
  check(files: Files): void {
    try {
      this.#host.onChecked(files, this.#missingIn(files).length === 0);
    } catch (error) {
      this.#host.notify(escapeInvisible(messageOf(error)));
      this.#host.onChecked(files, true);
    }
  }

  /** Offer the package of a module whose import failed. */
  open(module: string, file: string | null): void {
    const project = packageOf(module);
    const isInstalled = page.fetched.has(normalizeName(project));
    const refusal = isInstalled
      ? `${project} has been installed, but does not contain ${module}. Enter another package.`
      : null;
    const changed = this.#host.isReadOnly ? null : file;
    this.#show({
      missing: { module, file: changed },
      project,
      listed: this.#missing,
      addsMetadata: changed !== null,
      chosen: null,
      refusal,
    });
    if (this.#isConsented && !isInstalled) void this.#fetch(project, changed !== null);
  }

  /** Offer the packages in the code's metadata. */
  openListed(): void {
    if (this.#state !== null) return; // the visitor pressed Run's shortcut in the dialog
    this.#show({ missing: null, project: "", listed: this.#missing, addsMetadata: false, chosen: null, refusal: null });
    if (this.#isConsented) void this.#fetch("", false);
  }

  /** Stop fetching and close the dialog. */
  close(): void {
    this.#fetching.abort();
    this.#show(null);
  }

  /** Render the bar that offers the packages in the code's metadata. */
  bar(): TemplateResult {
    return barTemplate({
      requirements: this.#missing,
      onFetch: () => this.openListed(),
      onSkip: () => this.#host.onChecked(this.#host.files(), true),
    });
  }

  template(): TemplateResult | typeof nothing {
    if (this.#state === null) return nothing;
    const { missing, project, listed, addsMetadata, chosen, refusal } = this.#state;
    return packageDialogTemplate({
      module: missing?.module ?? null,
      file: missing?.file ?? null,
      project,
      listed,
      addsMetadata,
      chosen,
      refusal,
      host: hostOf(this.#indexUrl),
      onFetch: (requirement, adds) => {
        page.consented.add(this.#indexUrl);
        void this.#fetch(requirement, adds);
      },
      onClose: () => this.close(),
    });
  }

  async #fetch(project: string, addsMetadata: boolean): Promise<void> {
    if (this.#state === null) return;
    const state: FetchState = { ...this.#state, project, addsMetadata, chosen: [], refusal: null };
    this.#show(state);
    this.#fetching.abort();
    this.#fetching = new AbortController();
    const { signal } = this.#fetching;
    try {
      const requirements = [...(project === "" ? [] : [project]), ...state.listed];
      const selection = await selectPackages(requirements, {
        index: this.#index(),
        resolve: this.#host.resolve,
        available: this.#available,
        fetched: [...page.fetched.values()],
        onWheel: (wheel) => this.#showWheel(wheel, signal),
        signal,
      });
      if (!signal.aborted) this.#install(selection, requirements, state);
    } catch (error) {
      if (!signal.aborted) this.#show({ ...state, chosen: null, refusal: messageOf(error) });
    }
  }

  #install({ wheels, omitted }: Selection, requirements: readonly string[], state: FetchState): void {
    const added = wheels.filter(({ project }) => !page.fetched.has(project));
    this.#host.runtime.install(added.map(({ bytes }) => bytes));
    for (const { project, version } of added) page.fetched.set(project, { name: project, version });
    for (const text of requirements) page.met.add(text);
    this.#show(null);
    const warning = this.#addToMetadata(state);
    this.check(this.#host.files());
    this.#host.onFetched(`${[fetchedText(added, requirements), ...omitted].join(" ")}${warning}`);
  }

  /**
   * Add the package to the metadata of the file that imports it. Return a warning if that was not possible, otherwise an empty
   * string.
   */
  #addToMetadata({ missing, project, addsMetadata }: FetchState): string {
    const file = missing?.file ?? null;
    const text = file === null ? undefined : getOwn(this.#host.files(), file);
    if (file === null || text === undefined || !addsMetadata) return "";
    const changed = withRequirement(text, project.trim());
    if (changed === null)
      return ` The script metadata of ${file} cannot be changed automatically. Add the package to it yourself.`;
    if (changed !== text) this.#host.onEdit(file, changed);
    return "";
  }

  /** The requirements in the code's metadata that are not met. */
  get #missing(): readonly string[] {
    try {
      return this.#missingIn(this.#host.files());
    } catch {
      return []; // `check` has reported the error
    }
  }

  #missingIn(files: Files): string[] {
    const available = [...this.#available, ...page.fetched.values()];
    return requirementsIn(files).filter((text) => !page.met.has(text) && !isMet(text, available));
  }

  get #isConsented(): boolean {
    return page.consented.has(this.#indexUrl);
  }

  #showWheel({ file, bytes }: ChosenWheel, signal: AbortSignal): void {
    const { chosen } = this.#state ?? {};
    if (signal.aborted || this.#state === null || chosen === null || chosen === undefined) return;
    if (!chosen.some((wheel) => wheel.file === file))
      this.#show({ ...this.#state, chosen: [...chosen, { file, bytes }] });
  }

  get #indexUrl(): string {
    return this.#host.index() || this.#defaultIndex;
  }

  #index(): SimpleIndex {
    if (page.index === null || page.index.url !== this.#indexUrl.replace(/\/$/, ""))
      page.index = new SimpleIndex(this.#indexUrl);
    return page.index;
  }

  #show(state: FetchState | null): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}

function fetchedText(wheels: readonly FetchedWheel[], requirements: readonly string[]): string {
  if (wheels.length === 0) return `The page already has ${joinNames(requirements)}.`;
  return `Fetched ${joinNames(wheels.map(titleOf).sort())}.`;
}

function titleOf({ project, version }: FetchedWheel): string {
  return `${project} ${version}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

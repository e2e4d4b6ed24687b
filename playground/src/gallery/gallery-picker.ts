/** The Examples dialog: searches the gallery, and opens an example. It is loaded on first use. */

import { nothing, type TemplateResult } from "lit/html.js";
import { type LoadedProject, loadExample } from "../loading/load-project.ts";
import { fetchEntries, findEntries, type GalleryEntry } from "./entries.ts";
import { type PickerView, pickerTemplate } from "./picker-template.ts";
import { galleryStyles } from "./styles.ts";

export interface GalleryPickerHost {
  root: ShadowRoot;
  /** The base URL of the bundle's files. */
  assets: URL;
  requestUpdate(): void;
  /** Return the name of the open example, or null. */
  current(): string | null;
  /** Show code that differs from the link in the URL. */
  show(project: LoadedProject): void;
}

interface PickerState {
  entries: GalleryEntry[];
  query: string;
  /** The index of the active option among the options found. */
  active: number;
  error: string | null;
}

export class GalleryPicker {
  readonly #host: GalleryPickerHost;
  #state: PickerState | null = null;

  constructor(host: GalleryPickerHost) {
    this.#host = host;
    const { styleSheet } = galleryStyles;
    if (styleSheet) host.root.adoptedStyleSheets = [...host.root.adoptedStyleSheets, styleSheet];
  }

  async open(): Promise<void> {
    this.#update({ entries: await fetchEntries(this.#host.assets), query: "", active: 0, error: null });
  }

  template(): TemplateResult | typeof nothing {
    const view = this.view();
    return view === null ? nothing : pickerTemplate(view);
  }

  /** Return the content and handlers of the open dialog; null while the dialog is closed. */
  view(): PickerView | null {
    const state = this.#state;
    if (state === null) return null;
    const { query, active, error } = state;
    const found = findEntries(state.entries, query);
    return {
      found,
      active,
      error,
      current: this.#host.current(),
      onQuery: (text) => this.#update({ ...state, query: text, active: 0 }),
      onMove: (step) => this.#update({ ...state, active: wrapped(active + step, found.length) }),
      onChoose: (name) => void this.#choose(name),
      onClose: () => this.#update(null),
    };
  }

  /** Scroll the active option into view. Called after each rendering. */
  rendered(): void {
    if (this.#state === null) return;
    this.#host.root.querySelector("dialog.gallery [aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  async #choose(name: string): Promise<void> {
    try {
      const project = await loadExample(this.#host.assets, name);
      this.#state = null;
      this.#host.show(project);
    } catch (error) {
      if (this.#state === null) return; // the visitor has closed the dialog
      this.#update({ ...this.#state, error: error instanceof Error ? error.message : String(error) });
    }
  }

  #update(state: PickerState | null): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}

function wrapped(position: number, length: number): number {
  return length === 0 ? 0 : (position + length) % length;
}

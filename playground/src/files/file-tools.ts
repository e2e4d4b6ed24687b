/** The tools next to the tabs, which add, rename, delete and format files. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Files } from "../protocol.ts";
import { type DeletedFile, neighborOf, removeFile, renameFile, restoreFile } from "./changes.ts";
import type { FilesHost } from "./host.ts";
import type { ImportedFiles } from "./imported-files.ts";
import { MAX_FILES, nameProblem } from "./names.ts";

export interface FileToolsHost extends FilesHost {
  requestUpdate(): void;
  /** Format the active module. */
  format(): void;
}

type ToolMode = "add" | "rename" | "delete" | null;

export class FileTools {
  readonly #host: FileToolsHost;
  #mode: ToolMode = null;
  /** The files and the active file to which the form or question applies. */
  #subject: { files: Files; active: string } | null = null;
  #refusal: string | null = null;
  #deleted: DeletedFile | null = null;
  /** Null until a file has been imported from the disk. */
  #imported: ImportedFiles | null = null;
  /** The form or question that was just canceled, whose button must get the focus. */
  #canceled: ToolMode = null;

  constructor(host: FileToolsHost) {
    this.#host = host;
  }

  /** Add files from the disk, and show the first of them. */
  async addFromDisk(diskFiles: readonly File[]): Promise<void> {
    this.#setMode(null);
    try {
      const { ImportedFiles } = await import("./imported-files.ts");
      this.#imported ??= new ImportedFiles(this.#host);
    } catch (error) {
      this.#host.notify(`No file was added. ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    await this.#imported.add(diskFiles);
  }

  template(): TemplateResult {
    return html`${this.#tools()} ${this.#imported?.template() ?? nothing}`;
  }

  #tools(): TemplateResult {
    const mode = this.#currentMode;
    switch (mode) {
      case null:
        return this.#buttons();
      case "delete":
        return this.#deleteConfirmation();
      default:
        return this.#form(mode);
    }
  }

  /** The form or question to show. A question about another file, or about files that have been replaced, is withdrawn. */
  get #currentMode(): ToolMode {
    const isCurrent = this.#subject?.active === this.#host.active() && this.#subject.files === this.#host.files();
    return this.#mode === "add" || isCurrent ? this.#mode : null;
  }

  /** Focus a newly rendered field. */
  rendered(root: ShadowRoot): void {
    this.#mode = this.#currentMode;
    const target = this.#canceled === null ? "[data-fresh]" : `[data-mode="${this.#canceled}"]`;
    const field = root.querySelector<HTMLElement>(`.file-tools ${target}`);
    this.#canceled = null;
    if (field === null) return;
    field.removeAttribute("data-fresh");
    field.focus();
    if (field instanceof HTMLInputElement) field.select();
  }

  #buttons(): TemplateResult {
    const active = this.#host.active();
    const isOnly = Object.keys(this.#host.files()).length < 2;
    const button = (icon: string, label: string, mode: ToolMode): TemplateResult =>
      html`<button class="quiet" data-mode=${mode} aria-label=${label} title=${label} @click=${() => this.#setMode(mode)}>${icon}</button>`;
    return html`<div class="file-tools" role="toolbar" aria-label="File tools" data-roving="horizontal">
      ${active.endsWith(".py") ? this.#formatButton(active) : nothing}
      <button
        class="quiet"
        data-mode="add"
        aria-label="Add a file"
        title="Add a new file, or one from your disk. You can also drop files here."
        @click=${() => this.#setMode("add")}
      >
        + Add
      </button>
      ${button("✎", `Rename ${active}`, "rename")}
      ${isOnly ? nothing : button("✕", `Delete ${active}`, "delete")}
    </div>`;
  }

  #formatButton(active: string): TemplateResult {
    const label = `Format ${active}`;
    return html`<button
      class="quiet"
      aria-label=${label}
      aria-keyshortcuts="Shift+Alt+F"
      title=${`${label} (Shift + Alt + F)`}
      @click=${() => this.#host.format()}
    >
      ≡
    </button>`;
  }

  #form(mode: "add" | "rename"): TemplateResult {
    const isNew = mode === "add";
    return html`<form class="file-tools" @submit=${this.#submit} @keydown=${this.#handleKey}>
      <input
        data-fresh
        name="name"
        size="16"
        autocomplete="off"
        spellcheck="false"
        aria-label=${isNew ? "Name of the new file" : "New name"}
        placeholder="costs.py"
        .value=${isNew ? "" : this.#host.active()}
      />
      <button>${isNew ? "Add" : "Rename"}</button>
      ${
        isNew
          ? html`<label class="from-disk"
              >From disk…<input type="file" multiple @change=${(event: Event) => this.#fromDisk(event)}
            /></label>
              <span class="from-disk-hint">or drop files here</span>`
          : nothing
      }
      ${this.#refusal === null ? nothing : html`<p role="alert">${this.#refusal}</p>`}
    </form>`;
  }

  #deleteConfirmation(): TemplateResult {
    const active = this.#host.active();
    return html`<div class="file-tools" role="group" aria-label="Delete ${active}?" @keydown=${this.#handleKey}>
      <span>Delete ${active}?</span>
      <button class="stop" data-fresh @click=${() => this.#delete()}>Delete</button>
      <button @click=${() => this.#cancel()}>Cancel</button>
    </div>`;
  }

  #cancel(): void {
    this.#canceled = this.#mode;
    this.#setMode(null);
  }

  #setMode(mode: ToolMode): void {
    this.#mode = mode;
    this.#subject = { files: this.#host.files(), active: this.#host.active() };
    this.#refusal = null;
    this.#host.requestUpdate();
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = String(new FormData(event.target as HTMLFormElement).get("name"))
      .trim()
      .normalize("NFC");
    const [files, active] = [this.#host.files(), this.#host.active()];
    const isNew = this.#mode === "add";
    if (!isNew && name === active) {
      this.#cancel();
      return;
    }
    this.#refusal = nameProblem(name, isNew ? files : removeFile(files, active));
    if (isNew && Object.keys(files).length >= MAX_FILES)
      this.#refusal = `A dataflow can have at most ${MAX_FILES} files.`;
    if (this.#refusal !== null) {
      this.#host.requestUpdate();
      return;
    }
    this.#setMode(null);
    if (!isNew) this.#imported?.rename(active, name);
    this.#host.change(isNew ? { ...files, [name]: "" } : renameFile(files, active, name), name);
  };

  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.#cancel();
  };

  /** Withdraw the open form or question, because other code was opened. */
  withdraw(): void {
    this.#mode = null;
  }

  /** Make the latest deletion final. */
  discardDeleted(): void {
    this.#deleted = null;
  }

  /** Restore the most recently deleted file. */
  undoDelete(): void {
    const deleted = this.#deleted;
    if (deleted === null) return;
    const files = this.#host.files();
    const refusal = nameProblem(deleted.name, files);
    if (refusal !== null) {
      this.#host.notify(`Could not restore ${deleted.name}. ${refusal}`);
      return;
    }
    this.#deleted = null;
    this.#host.change(restoreFile(files, deleted), deleted.name);
  }

  #delete(): void {
    const [files, active] = [this.#host.files(), this.#host.active()];
    this.#deleted = { name: active, text: files[active] ?? "", index: Object.keys(files).indexOf(active) };
    this.#setMode(null);
    this.#host.change(removeFile(files, active), neighborOf(files, active));
    this.#host.notify(`Deleted ${active}.`, true);
  }

  #fromDisk(event: Event): void {
    const { files } = event.target as HTMLInputElement;
    if (files !== null) void this.addFromDisk([...files]);
  }
}

/** Files imported from the visitor's disk, with a choice of encoding for each file. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import { getOwn } from "../get-own.ts";
import { decode, ENCODINGS } from "./encodings.ts";
import { type DetectedFile, importFiles } from "./file-import.ts";
import type { FilesHost } from "./host.ts";

export class ImportedFiles {
  readonly #host: FilesHost;
  /** The files that are not in UTF-8, keyed by name. */
  #detected: Readonly<Record<string, DetectedFile>> = {};

  constructor(host: FilesHost) {
    this.#host = host;
  }

  /** Add files, and show the first of them. */
  async add(diskFiles: readonly File[]): Promise<void> {
    const { files, addedNames: added, refusals, detected: guesses } = await importFiles(this.#host.files(), diskFiles);
    this.#detected = { ...this.#detected, ...guesses };
    const [first] = added;
    if (first !== undefined) this.#host.change(files, first);
    if (refusals.length > 0) this.#host.notify(refusals.join("\n"));
  }

  rename(from: string, to: string): void {
    const detected = getOwn(this.#detected, from);
    if (detected !== undefined) this.#detected = { ...this.#detected, [to]: detected };
  }

  /** Render the choice of encoding for the active file, as long as the file has not been edited. */
  template(): TemplateResult | typeof nothing {
    const active = this.#host.active();
    const detected = getOwn(this.#detected, active);
    if (detected === undefined || getOwn(this.#host.files(), active) !== detected.text) return nothing;
    return html`<label class="encoding"
      >Read as
      <select @change=${(event: Event) => this.#reopenAs(active, detected, event.target as HTMLSelectElement)}>
        ${[...ENCODINGS].map(
          ([encoding, label]) =>
            html`<option value=${encoding} .selected=${encoding === detected.encoding}>${label}</option>`,
        )}
      </select>
      If letters look wrong, choose another encoding. The file becomes UTF-8, so omit <code>encoding=</code> in your code.</label
    >`;
  }

  #reopenAs(name: string, detected: DetectedFile, choice: HTMLSelectElement): void {
    const decoded = decode(detected.bytes, choice.value);
    if (decoded === null) {
      this.#host.notify(`${name} is not valid ${ENCODINGS.get(choice.value)}.`);
      choice.value = detected.encoding;
      return;
    }
    this.#detected = { ...this.#detected, [name]: { ...detected, ...decoded } };
    this.#host.change({ ...this.#host.files(), [name]: decoded.text }, name);
    choice.focus(); // `change` has focused the editor, but the visitor may try another encoding
  }
}

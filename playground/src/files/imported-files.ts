/** Files from the visitor's disk, and how each was read: in an encoding that was recognized, or in one that the visitor chose. */

import { html, nothing, type TemplateResult } from "lit";
import { getOwn } from "../get-own.ts";
import { decode, ENCODINGS } from "./encodings.ts";
import { type DetectedFile, importFiles } from "./file-import.ts";
import type { FilesHost } from "./host.ts";

export class ImportedFiles {
  readonly #host: FilesHost;
  /** Files that are not in UTF-8, by name. */
  #guesses: Readonly<Record<string, DetectedFile>> = {};

  constructor(host: FilesHost) {
    this.#host = host;
  }

  /** Takes in files, and shows the first of them. */
  async add(given: readonly File[]): Promise<void> {
    const { files, addedNames: added, refusals, guesses } = await importFiles(this.#host.files(), given);
    this.#guesses = { ...this.#guesses, ...guesses };
    const [first] = added;
    if (first !== undefined) this.#host.change(files, first);
    if (refusals.length > 0) this.#host.tell(refusals.join("\n"));
  }

  rename(from: string, to: string): void {
    const guess = getOwn(this.#guesses, from);
    if (guess !== undefined) this.#guesses = { ...this.#guesses, [to]: guess };
  }

  /** How the file in front was read, as long as its text is still the one that was read. */
  template(): TemplateResult | typeof nothing {
    const active = this.#host.active();
    const guess = getOwn(this.#guesses, active);
    if (guess === undefined || getOwn(this.#host.files(), active) !== guess.text) return nothing;
    return html`<label class="encoding"
      >Read as
      <select @change=${(event: Event) => this.#readAs(active, guess, event.target as HTMLSelectElement)}>
        ${[...ENCODINGS].map(
          ([encoding, label]) =>
            html`<option value=${encoding} .selected=${encoding === guess.encoding}>${label}</option>`,
        )}
      </select>
      If letters look wrong, choose another encoding. Python reads it as UTF-8: leave out <code>encoding=</code>.</label
    >`;
  }

  #readAs(name: string, guess: DetectedFile, choice: HTMLSelectElement): void {
    const read = decode(guess.bytes, choice.value);
    if (read === null) {
      this.#host.tell(`${name} is not text in ${ENCODINGS.get(choice.value)}.`);
      choice.value = guess.encoding;
      return;
    }
    this.#guesses = { ...this.#guesses, [name]: { ...guess, ...read } };
    this.#host.change({ ...this.#host.files(), [name]: read.text }, name);
    choice.focus(); // the next choice may be the right one
  }
}

/** The template of the dialog that fetches packages. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import { escapeInvisible } from "../special-characters.ts";
import { requirementList } from "./requirement-list.ts";
import { MAX_REQUIREMENT_LENGTH } from "./script-metadata.ts";

/** A wheel that the resolver selected. */
export interface ChosenWheel {
  file: string;
  /** The size; undefined if the index does not report it. */
  bytes: number | undefined;
}

export interface PackageDialog {
  /** The module whose import failed; null if the code's metadata lists the packages. */
  module: string | null;
  /** The file with the import. */
  file: string | null;
  /** The package to fetch. */
  project: string;
  /** The requirements in the code's metadata. */
  listed: readonly string[];
  /** Whether to add the package to the file's metadata. */
  addsMetadata: boolean;
  host: string;
  /** The wheels selected so far; null while the visitor is asked for consent. */
  chosen: readonly ChosenWheel[] | null;
  /** The reason why the packages could not be fetched. */
  refusal: string | null;
  onFetch(project: string, addsMetadata: boolean): void;
  onClose(): void;
}

export function packageDialogTemplate(dialog: PackageDialog): TemplateResult {
  const { module, listed, host, chosen, refusal, onFetch, onClose } = dialog;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    onFetch(String(data.get("project") ?? ""), data.get("metadata") !== null);
  };
  return html`<dialog class="package" aria-labelledby="package-title" @close=${onClose}>
    <h2 id="package-title">${module === null ? "Fetch packages?" : html`Fetch a package for <code>${escapeInvisible(module)}</code>?`}</h2>
    <p>
      ${module === null ? nothing : html`The code imports <code>${escapeInvisible(module)}</code>, which is not installed. `}The page asks
      ${host} for the packages below and their dependencies. That server and the server that hosts the files will
      see your IP address and the names of the packages, but not your code. The files are checked against the hashes from ${host}.
      The packages run inside the sandbox and are discarded when you leave the page.
    </p>
    <form @submit=${submit}>
      ${module === null ? nothing : projectFields(dialog)}
      ${listed.length === 0 ? nothing : listedTemplate(listed, module === null)}
      ${refusal === null ? nothing : html`<p class="refusal" role="alert">${escapeInvisible(refusal)}</p>`}
      <div role="status">${chosen === null ? nothing : progressTemplate(chosen)}</div>
      <div class="actions">
        <button class="go" ?disabled=${chosen !== null}>Fetch</button>
        <button type="button" @click=${(event: Event) => (event.target as Element).closest("dialog")?.close()}>
          ${chosen === null ? "Not now" : "Cancel"}
        </button>
      </div>
    </form>
  </dialog>`;
}

function projectFields({ project, file, addsMetadata, chosen }: PackageDialog): TemplateResult {
  const isFetching = chosen !== null;
  return html`<div class="row">
      <label>Package <input name="project" required maxlength=${MAX_REQUIREMENT_LENGTH} autocomplete="off" spellcheck="false" .value=${project} ?readonly=${isFetching} /></label>
    </div>
    ${
      file === null
        ? nothing
        : html`<label class="check">
            <input type="checkbox" name="metadata" .checked=${addsMetadata} ?disabled=${isFetching} />
            Add it to the script metadata of ${escapeInvisible(file)}, so links to this code include it
          </label>`
    }`;
}

function listedTemplate(listed: readonly string[], areAll: boolean): TemplateResult {
  return html`<p>
    ${areAll ? "The script metadata lists" : "The script metadata also lists"}
    ${requirementList(listed)}.
  </p>`;
}

function progressTemplate(chosen: readonly ChosenWheel[]): TemplateResult {
  return html`<p>Selecting and fetching packages…</p>
    <ul class="wheels">
      ${chosen.map(({ file, bytes }) => html`<li><code>${titleOf(file)}</code>${bytes === undefined ? nothing : ` ${sizeText(bytes)}`}</li>`)}
    </ul>`;
}

/** Return the name and version in the file name of a wheel. */
function titleOf(file: string): string {
  return file.split("-").slice(0, 2).join(" ");
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

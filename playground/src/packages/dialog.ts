/** The template of the dialog that fetches a package. */

import { html, nothing, type TemplateResult } from "lit";

export interface PackageDialog {
  module: string;
  /** The package to fetch. */
  project: string;
  host: string;
  fetching: boolean;
  /** The reason why the package could not be fetched. */
  refusal: string | null;
  onFetch(project: string): void;
  onClose(): void;
}

export function packageDialogTemplate(dialog: PackageDialog): TemplateResult {
  const { module, project, host, fetching, refusal, onFetch, onClose } = dialog;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onFetch(String(new FormData(event.target as HTMLFormElement).get("project")));
  };
  return html`<dialog class="package" aria-labelledby="package-title" @close=${onClose}>
    <h2 id="package-title">Fetch a package for <code>${module}</code>?</h2>
    <p>
      The code imports <code>${module}</code>, which is not installed. It may be available from ${host}. That server and
      the server that hosts the files will see your IP address and the name of the package, but not your code. The page checks the
      downloaded files against the hashes from ${host}. They run inside the sandbox and are discarded when you leave the page.
    </p>
    <form @submit=${submit}>
      <div class="row">
        <label>Package <input name="project" required autocomplete="off" spellcheck="false" .value=${project} ?readonly=${fetching} /></label>
      </div>
      ${refusal === null ? nothing : html`<p class="refusal" role="alert">${refusal}</p>`}
      <p role="status">${fetching ? `Fetching ${project} and its dependencies…` : nothing}</p>
      <div class="actions">
        <button class="go" ?disabled=${fetching}>Fetch</button>
        <button type="button" @click=${(event: Event) => (event.target as Element).closest("dialog")?.close()}>Not now</button>
      </div>
    </form>
  </dialog>`;
}

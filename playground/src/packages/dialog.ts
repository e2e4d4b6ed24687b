/** The dialog that asks before a package is fetched, and says how it goes. */

import { html, nothing, type TemplateResult } from "lit";

export interface PackageDialog {
  module: string;
  /** The package that is asked for, or being fetched. */
  project: string;
  host: string;
  fetching: boolean;
  /** Why it could not be had. */
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
      The code imports <code>${module}</code>, which this page does not have. ${host} may have it. That server, and the one that keeps its files, then see your
      address and the name of the package; nothing of your code. What comes is checked against the hash that ${host} names, runs in the sealed Python, and is
      gone when you leave the page.
    </p>
    <form @submit=${submit}>
      <div class="row">
        <label>Package <input name="project" required autocomplete="off" spellcheck="false" .value=${project} ?readonly=${fetching} /></label>
      </div>
      ${refusal === null ? nothing : html`<p class="refusal" role="alert">${refusal}</p>`}
      <p role="status">${fetching ? `Fetching ${project} and what it needs…` : nothing}</p>
      <div class="actions">
        <button class="go" ?disabled=${fetching}>Fetch</button>
        <button type="button" @click=${(event: Event) => (event.target as Element).closest("dialog")?.close()}>Not now</button>
      </div>
    </form>
  </dialog>`;
}

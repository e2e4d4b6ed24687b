/** The dialog in which the visitor chooses a dataflow for a comparison: a link, the example or a draft. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import { ago } from "../drafts/ago.ts";
import type { DraftEntry } from "../storage/draft.ts";

export interface Choices {
  /** The title of the example on which the open code is based. */
  example: string | null;
  drafts: readonly DraftEntry[];
  /** The reason why the latest choice was refused, in one sentence. */
  refusal: string | null;
}

export interface ChooserProps extends Choices {
  onLink(text: string): void;
  onExample(): void;
  onDraft(id: string): void;
  onClose(): void;
}

export function chooserTemplate(chooser: ChooserProps): TemplateResult {
  const { refusal, onClose } = chooser;
  return html`
    <dialog class="compare-with" aria-labelledby="compare-with-title" @close=${onClose}>
      <h2 id="compare-with-title">Compare with…</h2>
      <p>The dataflow that you choose is shown as Before, and the current code as After.</p>
      ${linkTemplate(chooser)}
      <p class="refusal" role="alert">${refusal ?? nothing}</p>
      ${listTemplate(chooser)}
      <div class="actions"><form method="dialog"><button>Close</button></form></div>
    </dialog>
  `;
}

function linkTemplate({ onLink }: ChooserProps): TemplateResult {
  const submit = (event: Event): void => {
    event.preventDefault();
    onLink((event.currentTarget as HTMLFormElement).querySelector("input")?.value ?? "");
  };
  return html`<form class="row" @submit=${submit}>
    <label>Link <input name="link" required placeholder="…/play/#v1.…" autocomplete="off" spellcheck="false" /></label>
    <button class="go">Compare</button>
  </form>`;
}

function listTemplate({ example, drafts, onExample, onDraft }: ChooserProps): TemplateResult | typeof nothing {
  if (example === null && drafts.length === 0) return nothing;
  return html`<ul class="choices">
    ${example === null ? nothing : itemTemplate(example, "the example", onExample)}
    ${drafts.map(({ id, title, changed }) => itemTemplate(title, `draft · ${ago(changed, Date.now())}`, () => onDraft(id)))}
  </ul>`;
}

function itemTemplate(title: string, what: string, onChoose: () => void): TemplateResult {
  return html`<li>
    <button class="draft" @click=${onChoose}><span class="name">${title}</span><span class="when">${what}</span></button>
  </li>`;
}

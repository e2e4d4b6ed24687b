/** The template of the Drafts dialog. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import type { DraftEntry } from "../storage/draft.ts";
import { ago } from "./ago.ts";

export interface DraftsMenu {
  /** The drafts, newest first. */
  drafts: readonly DraftEntry[];
  /** The title of the open code. */
  title: string;
  /** The id of the open draft; null if the open code was never changed. */
  open: string | null;
  /** The time of the last change to the content that Revert restores; null if there is no such content. */
  earlier: number | null;
  /** The current time. All times in this interface are in milliseconds since 1970. */
  now: number;
  /** The title of the draft that was just deleted. */
  deleted: string | null;
  /** The reason why drafts cannot be listed. */
  error: string | null;
  onOpen(id: string): void;
  onCompare(id: string): void;
  onRename(title: string): void;
  onDuplicate(): void;
  onReset(): void;
  onRevert(): void;
  onDelete(id: string): void;
  onUndo(): void;
  onNew(): void;
  onExample(): void;
  onClose(): void;
}

export function draftsMenuTemplate(menu: DraftsMenu): TemplateResult {
  return html`
    <dialog class="drafts" aria-labelledby="drafts-title" @close=${menu.onClose}>
      <h2 id="drafts-title">Drafts</h2>
      ${menu.error === null ? html`<p>Changes are saved automatically, in this browser only.</p>` : nothing}
      ${menu.open === null ? unsavedTemplate(menu) : draftTemplate(menu, menu.open)}
      ${menu.error === null ? listTemplate(menu) : html`<p class="refusal">${menu.error}</p>`}
      <p class="meta" role="status">
        ${
          menu.deleted === null
            ? nothing
            : html`Deleted “${menu.deleted}”. <button class="link" @click=${menu.onUndo}>Undo</button>`
        }
      </p>
      <div class="actions">
        <button @click=${menu.onNew}>New</button>
        <button @click=${menu.onExample}>Open an example</button>
        <form method="dialog"><button>Close</button></form>
      </div>
    </dialog>
  `;
}

function unsavedTemplate({ title, onDuplicate }: DraftsMenu): TemplateResult {
  return html`
    <div class="current">
      <span>“${title}” is not a draft yet. It becomes a draft when you first change it.</span>
      <button @click=${onDuplicate}>Duplicate</button>
    </div>
  `;
}

function draftTemplate(menu: DraftsMenu, open: string): TemplateResult {
  const { title, onRename, onDuplicate, onReset, onDelete } = menu;
  return html`
    <div class="current">
      <label
        >Draft name
        <input
          maxlength="200"
          .value=${title}
          @change=${(event: Event) => onRename((event.target as HTMLInputElement).value)}
        />
      </label>
      <button @click=${onDuplicate}>Duplicate</button>
      ${revertTemplate(menu)}
      <button @click=${onReset} title="Restore this draft's original code">Reset</button>
      <button @click=${() => onDelete(open)}>Delete</button>
    </div>
  `;
}

function revertTemplate({ earlier, now, onRevert }: DraftsMenu): TemplateResult | typeof nothing {
  if (earlier === null) return nothing;
  return html`<button @click=${onRevert} title=${`Restore the version from ${ago(earlier, now)}`}>Revert</button>`;
}

function listTemplate({ drafts, open, now, onOpen, onCompare, onDelete }: DraftsMenu): TemplateResult {
  if (drafts.length === 0) return html`<p class="none">No drafts yet.</p>`;
  return html`
    <ul>
      ${drafts.map(
        (draft) => html`
          <li>
            <button class="draft" aria-current=${draft.id === open ? "true" : "false"} @click=${() => onOpen(draft.id)}>
              <span class="name">${draft.title}</span>
              <span class="when">${draft.id === open ? "open · " : ""}${ago(draft.changed, now)}</span>
            </button>
            ${
              draft.id === open
                ? nothing
                : html`<button
                      class="quiet"
                      title="Compare with the open code"
                      aria-label="Compare “${draft.title}” with the open code"
                      @click=${() => onCompare(draft.id)}
                    >
                      ≠
                    </button>
                    <button class="quiet" aria-label="Delete “${draft.title}”" @click=${() => onDelete(draft.id)}>✕</button>`
            }
          </li>
        `,
      )}
    </ul>
  `;
}

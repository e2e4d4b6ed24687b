/** The template of the Examples dialog: a search field that controls a list of options (the combobox pattern of ARIA). */

import { html, nothing, type TemplateResult } from "lit/html.js";
import type { GalleryEntry } from "./entries.ts";

export interface PickerView {
  found: readonly GalleryEntry[];
  /** The index of the active option in `found`. */
  active: number;
  /** The name of the open example, or null. */
  current: string | null;
  /** The reason why an example cannot be opened. */
  error: string | null;
  onQuery(text: string): void;
  onMove(step: 1 | -1): void;
  onChoose(name: string): void;
  onClose(): void;
}

export function pickerTemplate(view: PickerView): TemplateResult {
  const { found, active, error, onQuery, onClose } = view;
  return html`
    <dialog class="gallery" aria-labelledby="gallery-title" @close=${onClose}>
      <h2 id="gallery-title">Examples</h2>
      <p>Opening an example does not change your drafts.</p>
      <input
        type="search"
        role="combobox"
        aria-label="Search the examples"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls="gallery-options"
        aria-activedescendant=${found[active] === undefined ? nothing : optionId(active)}
        placeholder="Search, for example “pandas”"
        autocomplete="off"
        spellcheck="false"
        autofocus
        @input=${(event: Event) => onQuery((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => onKey(event, view)}
      />
      <ul role="listbox" id="gallery-options" aria-label="Examples">
        ${found.map((entry, position) => optionTemplate(entry, position, view))}
      </ul>
      <p class=${error === null ? "meta" : "refusal"} role="status">
        ${error ?? (found.length === 0 ? "No example contains these words." : `${found.length} ${found.length === 1 ? "example" : "examples"}`)}
      </p>
      <div class="actions"><form method="dialog"><button>Close</button></form></div>
    </dialog>
  `;
}

function optionTemplate(
  { name, title, summary, tags }: GalleryEntry,
  position: number,
  { active, current, onChoose }: PickerView,
): TemplateResult {
  return html`
    <li
      role="option"
      id=${optionId(position)}
      aria-selected=${position === active ? "true" : "false"}
      @click=${() => onChoose(name)}
    >
      <span class="name">${title}${name === current ? html` <span class="when">open</span>` : nothing}</span>
      <span class="tags">${tags.join(" · ")}</span>
      <span class="what">${summary}</span>
    </li>
  `;
}

function onKey(event: KeyboardEvent, { found, active, onMove, onChoose }: PickerView): void {
  const { key } = event;
  const entry = found[active];
  if (key === "ArrowDown") onMove(1);
  else if (key === "ArrowUp") onMove(-1);
  else if (key === "Enter" && entry !== undefined && !event.isComposing) onChoose(entry.name);
  else return;
  event.preventDefault();
}

function optionId(position: number): string {
  return `gallery-option-${position}`;
}

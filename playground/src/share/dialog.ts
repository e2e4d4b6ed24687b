/** The template of the Share dialog: the link, its length, and a copy button for each link format. */

import { html, type TemplateResult } from "lit/html.js";
import { MAX_HEIGHT, MIN_HEIGHT, MODES, THEMES, VIEWS } from "../embed/options.ts";
import type { FrameOptions } from "./frame.ts";
import type { Copyable, LinkFormats } from "./link-formats.ts";

export type { Copyable } from "./link-formats.ts";

/** The format that was just copied, or `refused` if the browser blocked copying. */
export type CopiedFormat = Copyable | "refused" | null;

export interface ShareDialog {
  formats: LinkFormats;
  copied: CopiedFormat;
  frame: FrameOptions;
  onFrame(options: FrameOptions): void;
  onCopy(what: Copyable): void;
  onCompare(): void;
  onClose(): void;
}

const REFUSED = "The browser blocked copying. Select the text and copy it yourself.";

const LABELS: readonly [Copyable, string][] = [
  ["link", "Link"],
  ["markdown", "Markdown link"],
  ["badge", "Markdown badge, for a README"],
  ["embed", "HTML iframe, for embedding"],
];

export function shareDialogTemplate(dialog: ShareDialog): TemplateResult {
  const { formats, copied, onCopy, onCompare, onClose } = dialog;
  return html`
    <dialog class="share" aria-labelledby="share-title" @close=${onClose}>
      <h2 id="share-title">Share this dataflow</h2>
      <p>The part of the link after the # contains the code, data files, inputs and config. Browsers do not send this part to a server. People who open the link see the code before it runs.</p>
      ${LABELS.map(([what, label]) => row(what, label, formats[what], copied, onCopy))} ${frameTemplate(dialog)}
      <p class="meta" role="status">${copied === "refused" ? REFUSED : `The link has ${formats.link.length.toLocaleString("en")} characters.`}</p>
      <div class="actions">
        <button @click=${onCompare}>Compare with…</button>
        <form method="dialog"><button>Close</button></form>
      </div>
    </dialog>
  `;
}

const OPTION_LABELS: Record<string, string> = {
  split: "Code, graph and values",
  code: "Code only",
  graph: "Graph only",
  output: "Values only",
  edit: "Editable",
  read: "Read-only",
  auto: "System colors",
  light: "Light",
  dark: "Dark",
};

/** Render the controls for the options of the HTML iframe. */
function frameTemplate({ frame, onFrame }: ShareDialog): TemplateResult {
  const select = <Name extends "view" | "mode" | "theme">(
    name: Name,
    label: string,
    choices: readonly FrameOptions[Name][],
  ) =>
    html`<select
      aria-label=${label}
      @change=${(event: Event) => onFrame({ ...frame, [name]: (event.target as HTMLSelectElement).value })}
    >
      ${choices.map((choice) => html`<option value=${choice} ?selected=${choice === frame[name]}>${OPTION_LABELS[choice]}</option>`)}
    </select>`;
  return html`<div class="frame-options" role="group" aria-label="Frame options">
    ${select("view", "Panes in the frame", VIEWS)} ${select("mode", "Editing in the frame", MODES)}
    ${select("theme", "Frame colors", THEMES)}
    <label
      >Height
      <input
        type="number"
        min=${MIN_HEIGHT}
        max=${MAX_HEIGHT}
        step="20"
        .value=${String(frame.height)}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          if (input.reportValidity()) onFrame({ ...frame, height: input.valueAsNumber });
        }}
      />
    </label>
  </div>`;
}

function row(
  what: Copyable,
  label: string,
  text: string,
  copied: CopiedFormat,
  onCopy: ShareDialog["onCopy"],
): TemplateResult {
  return html`
    <div class="row">
      <label
        >${label}
        <input readonly .value=${text} data-share=${what} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
      </label>
      <button class=${what === "link" ? "go" : ""} @click=${() => onCopy(what)}>${copied === what ? "Copied" : "Copy"}</button>
    </div>
  `;
}

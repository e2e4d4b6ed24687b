/** The dialog that Share opens: the link, how long it is, and buttons that copy it in each of its forms. */

import { html, type TemplateResult } from "lit";
import { MAX_HEIGHT, MIN_HEIGHT, MODES, THEMES, VIEWS } from "../embed/options.ts";
import type { FrameOptions } from "./frame.ts";
import type { Copyable, LinkFormats } from "./link-formats.ts";

export type { Copyable } from "./link-formats.ts";

/** What was copied just now, or that the browser did not let it. */
export type Copied = Copyable | "refused" | null;

export interface ShareDialog {
  formats: LinkFormats;
  copied: Copied;
  frame: FrameOptions;
  onFrame(options: FrameOptions): void;
  onCopy(what: Copyable): void;
  onCompare(): void;
  onClose(): void;
}

const REFUSED = "The browser did not let the page copy. Select the text and copy it by hand.";

const LABELS: readonly [Copyable, string][] = [
  ["link", "Link"],
  ["markdown", "Link in Markdown"],
  ["badge", "Badge in Markdown, for a README"],
  ["embed", "Frame in HTML, for a page of yours"],
];

export function shareDialogTemplate(dialog: ShareDialog): TemplateResult {
  const { formats, copied, onCopy, onCompare, onClose } = dialog;
  return html`
    <dialog class="share" aria-labelledby="share-title" @close=${onClose}>
      <h2 id="share-title">Share this dataflow</h2>
      <p>The part of the link after the # holds the code, the data files, the inputs and the config. Browsers do not send it to a server. People who open the link see the code before it runs.</p>
      ${LABELS.map(([what, label]) => row(what, label, formats[what], copied, onCopy))} ${frameTemplate(dialog)}
      <p class="meta" role="status">${copied === "refused" ? REFUSED : `The link has ${formats.link.length.toLocaleString("en")} characters.`}</p>
      <div class="actions">
        <button @click=${onCompare}>Compare with …</button>
        <form method="dialog"><button>Close</button></form>
      </div>
    </dialog>
  `;
}

const WORDS: Record<string, string> = {
  split: "Code, graph and values",
  code: "Code only",
  graph: "Graph only",
  output: "Values only",
  edit: "Can be edited",
  read: "Read only",
  auto: "Colours of the system",
  light: "Light",
  dark: "Dark",
};

/** What the frame shows; the HTML above follows at once. */
function frameTemplate({ frame, onFrame }: ShareDialog): TemplateResult {
  const choice = <Name extends "view" | "mode" | "theme">(
    name: Name,
    label: string,
    choices: readonly FrameOptions[Name][],
  ) =>
    html`<select
      aria-label=${label}
      @change=${(event: Event) => onFrame({ ...frame, [name]: (event.target as HTMLSelectElement).value })}
    >
      ${choices.map((one) => html`<option value=${one} ?selected=${one === frame[name]}>${WORDS[one]}</option>`)}
    </select>`;
  return html`<div class="frame-options" role="group" aria-label="What the frame shows">
    ${choice("view", "Parts in the frame", VIEWS)} ${choice("mode", "Editing in the frame", MODES)}
    ${choice("theme", "Colours of the frame", THEMES)}
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
  copied: Copied,
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

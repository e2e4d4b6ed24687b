/** The dialog that Share opens: the link, how long it is, and buttons that copy it in each of its forms. */

import { html, type TemplateResult } from "lit";
import type { Copyable, Shares } from "./shares.ts";

export type { Copyable } from "./shares.ts";

/** What was copied just now, or that the browser did not let it. */
export type Copied = Copyable | "refused" | null;

export interface ShareDialog {
  shares: Shares;
  copied: Copied;
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

export function shareDialogTemplate({ shares, copied, onCopy, onCompare, onClose }: ShareDialog): TemplateResult {
  return html`
    <dialog class="share" aria-labelledby="share-title" @close=${onClose}>
      <h2 id="share-title">Share this dataflow</h2>
      <p>The code is in the link itself, after the #. No server sees it. Whoever opens it reads the code before it runs.</p>
      ${LABELS.map(([what, label]) => row(what, label, shares[what], copied, onCopy))}
      <p class="meta" role="status">${copied === "refused" ? REFUSED : `The link has ${shares.link.length.toLocaleString("en")} characters.`}</p>
      <div class="actions">
        <button @click=${onCompare}>Compare with …</button>
        <form method="dialog"><button>Close</button></form>
      </div>
    </dialog>
  `;
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

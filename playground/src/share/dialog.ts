/** The dialog that Share opens: the link, how long it is, and buttons that copy it. */

import { html, type TemplateResult } from "lit";

export type Copyable = "link" | "markdown";

/** What was copied just now, or that the browser did not let it. */
export type Copied = Copyable | "refused" | null;

export interface ShareDialog {
  link: string;
  markdown: string;
  copied: Copied;
  onCopy(what: Copyable): void;
  onClose(): void;
}

const REFUSED = "The browser did not let the page copy. Select the text and copy it by hand.";

export function shareDialogTemplate({ link, markdown, copied, onCopy, onClose }: ShareDialog): TemplateResult {
  return html`
    <dialog class="share" aria-labelledby="share-title" @close=${onClose}>
      <h2 id="share-title">Share this dataflow</h2>
      <p>The code is in the link itself, after the #. No server sees it. Whoever opens it reads the code before it runs.</p>
      ${row("link", "Link", link, copied, onCopy)} ${row("markdown", "Markdown", markdown, copied, onCopy)}
      <p class="meta" role="status">${copied === "refused" ? REFUSED : `${link.length.toLocaleString("en")} characters`}</p>
      <form method="dialog"><button>Close</button></form>
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
      <button class="go" @click=${() => onCopy(what)}>${copied === what ? "Copied" : "Copy"}</button>
    </div>
  `;
}

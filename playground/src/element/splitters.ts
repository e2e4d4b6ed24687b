/** The lines between the panes, to be moved with the pointer or the arrow keys. Where they stand is remembered in the browser. */

import { html, type TemplateResult } from "lit";

/** In percent: how wide the code is, and how high the graph. */
export type PaneShares = Record<Split, number>;
type Split = "code" | "graph";

const DEFAULTS: PaneShares = { code: 46, graph: 53 };
const LEAST = 15;
const MOST = 85;
const STEP = 2;
/** `docs/overrides/partials/drawn-scheme.html` reads it too, for what was drawn when the site was built. */
const KEPT = "headwater-panes";

const SPLITS: Record<Split, { label: string; orientation: "vertical" | "horizontal"; less: string; more: string }> = {
  code: { label: "Width of the code", orientation: "vertical", less: "ArrowLeft", more: "ArrowRight" },
  graph: { label: "Height of the graph", orientation: "horizontal", less: "ArrowUp", more: "ArrowDown" },
};

/** All elements of the page have their panes alike. */
let shares = remembered();

/** @param changed called when the lines stand elsewhere */
export function splittersTemplate(changed: () => void): TemplateResult {
  return html`${splitterTemplate("code", changed)} ${splitterTemplate("graph", changed)}`;
}

function splitterTemplate(split: Split, changed: () => void): TemplateResult {
  const { label, orientation } = SPLITS[split];
  const move = (share: number): void => {
    moveTo(split, share);
    changed();
  };
  const at = (event: PointerEvent): number => shareAt(split, event);
  return html`<div
    class="splitter ${split}"
    role="separator"
    tabindex="0"
    aria-label=${label}
    aria-orientation=${orientation}
    aria-valuemin=${LEAST}
    aria-valuemax=${MOST}
    aria-valuenow=${Math.round(shares[split])}
    @pointerdown=${(event: PointerEvent) => {
      if (event.button !== 0) return;
      event.preventDefault(); // nothing is selected on the way
      (event.target as Element).setPointerCapture(event.pointerId);
    }}
    @pointermove=${(event: PointerEvent) => {
      if ((event.target as Element).hasPointerCapture(event.pointerId)) move(at(event));
    }}
    @dblclick=${() => move(DEFAULTS[split])}
    @keydown=${(event: KeyboardEvent) => {
      const share = shareAfter(split, event.key);
      if (share === null) return;
      event.preventDefault();
      move(share);
    }}
  ></div>`;
}

function shareAfter(split: Split, key: string): number | null {
  const { less, more } = SPLITS[split];
  switch (key) {
    case less:
      return shares[split] - STEP;
    case more:
      return shares[split] + STEP;
    case "Home":
      return LEAST;
    case "End":
      return MOST;
    case "Enter":
      return DEFAULTS[split];
    default:
      return null;
  }
}

function shareAt(split: Split, event: PointerEvent): number {
  const { left, top, width, height } =
    (event.target as Element).parentElement?.getBoundingClientRect() ?? new DOMRect();
  return 100 * (split === "code" ? (event.clientX - left) / width : (event.clientY - top) / height);
}

function moveTo(split: Split, share: number): void {
  shares = { ...shares, [split]: Math.min(Math.max(share, LEAST), MOST) };
  document.documentElement.style.setProperty(`--hw-${split}-share`, `${shares[split].toFixed(2)}%`);
  try {
    localStorage.setItem(KEPT, JSON.stringify(shares));
  } catch {
    // the browser keeps nothing for this page
  }
}

function remembered(): PaneShares {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Partial<Record<Split, unknown>>;
    const share = (split: Split): number => {
      const one = kept[split];
      return typeof one === "number" && one >= LEAST && one <= MOST ? one : DEFAULTS[split];
    };
    return { code: share("code"), graph: share("graph") };
  } catch {
    return DEFAULTS;
  }
}

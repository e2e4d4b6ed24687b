/** Splitters between the panes. The pointer or the arrow keys move them; the browser saves their positions. */

import { html, type TemplateResult } from "lit/html.js";

/** The width of the code and the height of the graph, in percent. */
export type PaneShares = Record<Split, number>;
type Split = "code" | "graph";

const DEFAULTS: PaneShares = { code: 60, graph: 53 };
const MIN_SHARE = 15;
const MAX_SHARE = 85;
const STEP = 2;
/** `docs/overrides/partials/drawn-scheme.html` reads this key for the prerendered element. */
const STORAGE_KEY = "headwater-panes";

const SPLITS: Record<
  Split,
  { label: string; orientation: "vertical" | "horizontal"; decreaseKey: string; increaseKey: string }
> = {
  code: { label: "Code pane width", orientation: "vertical", decreaseKey: "ArrowLeft", increaseKey: "ArrowRight" },
  graph: { label: "Graph pane height", orientation: "horizontal", decreaseKey: "ArrowUp", increaseKey: "ArrowDown" },
};

/** All elements on a page have the same pane sizes. */
let shares = storedShares();

/**
 * Render both splitters.
 *
 * @param changed called after a splitter is moved
 */
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
    aria-valuemin=${MIN_SHARE}
    aria-valuemax=${MAX_SHARE}
    aria-valuenow=${Math.round(shares[split])}
    @pointerdown=${(event: PointerEvent) => {
      if (event.button !== 0) return;
      event.preventDefault(); // dragging must not select text
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
  const { decreaseKey, increaseKey } = SPLITS[split];
  switch (key) {
    case decreaseKey:
      return shares[split] - STEP;
    case increaseKey:
      return shares[split] + STEP;
    case "Home":
      return MIN_SHARE;
    case "End":
      return MAX_SHARE;
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
  shares = { ...shares, [split]: Math.min(Math.max(share, MIN_SHARE), MAX_SHARE) };
  document.documentElement.style.setProperty(`--hw-${split}-share`, `${shares[split].toFixed(2)}%`);
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(shares));
  } catch {
    // storage is blocked
  }
}

function storedShares(): PaneShares {
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}") as Partial<Record<Split, unknown>>;
    const share = (split: Split): number => {
      const value = stored[split];
      return typeof value === "number" && value >= MIN_SHARE && value <= MAX_SHARE ? value : DEFAULTS[split];
    };
    return { code: share("code"), graph: share("graph") };
  } catch {
    return DEFAULTS;
  }
}

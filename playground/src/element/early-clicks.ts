/** Clicks on the prerendered element. The live element repeats them once it has replaced the prerendered one. */

declare global {
  interface Window {
    /** The targets of clicks before the elements were defined, recorded by `docs/overrides/partials/early-events.html`. */
    earlyClicks?: (EventTarget | undefined)[];
  }
}

const CONTROLS = "button, input[type=checkbox], [data-node]";

export class EarlyClicks {
  readonly #root: ShadowRoot;
  readonly #controls: string[] = [];
  readonly #listening = new AbortController();

  constructor(root: ShadowRoot) {
    this.#root = root;
    for (const target of window.earlyClicks ?? []) {
      if (target instanceof Element && root.contains(target)) this.#remember(target);
    }
    root.addEventListener("click", ({ target }) => this.#remember(target as Element), {
      signal: this.#listening.signal,
    });
  }

  /** Repeat the recorded clicks on the live element. Controls that the live element does not have are skipped. */
  repeat(): void {
    this.#listening.abort();
    for (const clicked of this.#controls) {
      const control = [...this.#root.querySelectorAll(CONTROLS)].find((each) => identityOf(each) === clicked);
      control?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true }));
    }
  }

  #remember(target: Element): void {
    const control = target.closest(CONTROLS);
    if (control !== null) this.#controls.push(identityOf(control));
  }
}

/**
 * Return a key that identifies a control even when the page around it changes: the control's group, and its label without a
 * count.
 */
function identityOf(control: Element): string {
  const node = control.getAttribute("data-node");
  if (node !== null) return JSON.stringify({ node });
  const group = control.closest("[role=group], section")?.getAttribute("aria-label") ?? null;
  return JSON.stringify({
    group,
    label: control.getAttribute("aria-label") ?? textOf(control.closest("label") ?? control),
  });
}

function textOf(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const count of copy.querySelectorAll(".count")) count.remove();
  return copy.textContent.trim();
}

/**
 * Roving focus: a group of controls is one Tab stop, and the arrow keys move the focus within it, as the ARIA Authoring
 * Practices recommend for toolbars and lists.
 *
 * A template marks a group with `data-roving="horizontal"` or `data-roving="vertical"`. The items of a group are its controls,
 * or its elements with `data-roving-item`. In such an element, Tab also reaches the controls after the first one. In a group
 * with `data-roving-stop="pressed"`, Tab reaches the pressed button, such as the active tab.
 */

const GROUP = "[data-roving]";
const ITEM = "[data-roving-item]";
const CONTROL = "button, input, select, textarea, summary, a[href], [tabindex]";

/** For each orientation, the keys that move the focus to the previous and to the next item. */
const KEYS: Record<string, readonly [previous: string, next: string]> = {
  horizontal: ["ArrowLeft", "ArrowRight"],
  vertical: ["ArrowUp", "ArrowDown"],
};

/** The controls of an item. The first one receives the focus. */
type Item = readonly [HTMLElement, ...HTMLElement[]];

interface GroupState {
  /** The first control of the item that Tab reaches. */
  stop: HTMLElement | null;
  /** The pressed button of a group with `data-roving-stop="pressed"`. */
  pressed: Element | null;
}

export class RovingFocus {
  readonly #root: ShadowRoot;
  readonly #states = new WeakMap<HTMLElement, GroupState>();

  /** @param signal aborted once the element has left the page */
  constructor(root: ShadowRoot, signal: AbortSignal) {
    this.#root = root;
    root.addEventListener("keydown", (event) => this.#handleKey(event as KeyboardEvent), { signal });
    root.addEventListener("focusin", (event) => this.#handleFocus(event.target as HTMLElement), { signal });
  }

  /** Make each group one Tab stop. Call this after each rendering. */
  rendered(): void {
    for (const group of this.#root.querySelectorAll<HTMLElement>(GROUP)) {
      const items = itemsOf(group);
      const before = this.#states.get(group) ?? { stop: null, pressed: null };
      const pressed = group.dataset["rovingStop"] === "pressed" ? group.querySelector('[aria-pressed="true"]') : null;
      const focused = this.#root.activeElement;
      // The button that has just been pressed is the stop, unless the visitor is elsewhere in the group.
      const preferred =
        pressed !== null && pressed !== before.pressed && !group.contains(focused)
          ? items.find(([control]) => control === pressed)
          : undefined;
      const current =
        preferred ??
        items.find(([control]) => control === before.stop && isAvailable(control)) ??
        firstOf(items, pressed);
      this.#setStop(group, items, { stop: current?.[0] ?? null, pressed });
    }
  }

  #setStop(group: HTMLElement, items: readonly Item[], state: GroupState): void {
    this.#states.set(group, state);
    for (const item of items) {
      const tabIndex = item[0] === state.stop ? "0" : "-1";
      for (const control of item) {
        if (control.getAttribute("tabindex") !== tabIndex) control.setAttribute("tabindex", tabIndex);
      }
    }
  }

  #handleFocus(control: HTMLElement): void {
    const group = control.closest<HTMLElement>(GROUP);
    if (group === null) return;
    const items = itemsOf(group);
    const item = items.find((item) => item.includes(control));
    if (item === undefined) return;
    this.#setStop(group, items, { stop: item[0], pressed: this.#states.get(group)?.pressed ?? null });
  }

  #handleKey(event: KeyboardEvent): void {
    const { key, target, defaultPrevented, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (defaultPrevented || ctrlKey || metaKey || altKey || shiftKey) return;
    const control = target as HTMLElement;
    const group = control.closest<HTMLElement>(GROUP);
    if (group === null || usesArrows(control)) return;
    const items = itemsOf(group).filter(([first]) => isAvailable(first));
    // In the other controls of an item, such as a table, the arrow keys scroll.
    const index = items.findIndex(([first]) => first === control);
    if (index < 0) return;
    const next = items[indexAfter(index, items.length, key, group.dataset["roving"] ?? "")];
    if (next === undefined) return;
    event.preventDefault();
    next[0].focus();
    next[0].scrollIntoView({ block: "nearest", inline: "nearest" }); // `focus` alone may leave a part of it out of view
  }
}

/** Return the index of the item to which a key moves the focus; -1 for other keys. At the ends of a group, the focus stays. */
function indexAfter(index: number, count: number, key: string, orientation: string): number {
  const [previousKey, nextKey] = KEYS[orientation] ?? [];
  switch (key) {
    case previousKey:
      return Math.max(index - 1, 0);
    case nextKey:
      return Math.min(index + 1, count - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return -1;
  }
}

function itemsOf(group: HTMLElement): Item[] {
  const isOwn = (element: Element): boolean => element.closest(GROUP) === group;
  const sections = [...group.querySelectorAll<HTMLElement>(ITEM)].filter(isOwn);
  const controls = (element: HTMLElement): HTMLElement[] =>
    [...element.querySelectorAll<HTMLElement>(CONTROL)].filter(isOwn);
  const items = sections.length === 0 ? controls(group).map((control) => [control]) : sections.map(controls);
  return items.filter((item): item is [HTMLElement, ...HTMLElement[]] => item.length > 0);
}

/** Return the pressed item, or the first available item. If all are hidden, return the first: it may be shown later. */
function firstOf(items: readonly Item[], pressed: Element | null): Item | undefined {
  const preferred = items.find(([control]) => control === pressed && isAvailable(control));
  return preferred ?? items.find(([control]) => isAvailable(control)) ?? items[0];
}

/** Return whether a control can be focused. Styles hide some controls of narrow elements. */
function isAvailable(control: HTMLElement): boolean {
  return control.isConnected && !control.matches(":disabled") && control.checkVisibility();
}

/** Return whether a control handles the arrow keys itself. */
function usesArrows(control: HTMLElement): boolean {
  return control.matches("select, textarea, input:not([type='checkbox'])");
}

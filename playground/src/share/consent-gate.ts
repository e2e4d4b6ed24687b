/**
 * A gate that decides which clicks on “Run this code” count as consent. A page that opened or embeds this one can lure the
 * visitor into clicking the button. Therefore, a click counts only once the visitor has had time to see the code.
 */

import { isFramedByAnotherOrigin } from "../embed/ancestors.ts";

/** The minimum time for which the same code and the consent bar must be visible before a click counts. */
export const VIEWING_MS = 1_000;
/**
 * The minimum time for which the mouse pointer must be over the button in a frame before a click counts. During this time, the
 * visitor can notice that the page around the frame has moved.
 */
export const POINTING_MS = 500;
/** The shortest interval at which browsers report the visibility of an element. */
const REPORT_MS = 100;
/** The visible fraction at which an element counts as fully visible. Less than 1, because positions are rounded. */
const FULLY_VISIBLE = 0.99;

export type GateState =
  /** A click counts as consent. */
  | "open"
  /** The code or the view changed less than a second ago. */
  | "waiting"
  /** Another site frames this page, and the bar is covered, transparent or partly out of view. */
  | "covered"
  /** Another site frames this page, and the browser does not report what covers the bar. */
  | "closed";

/** Options of IntersectionObserver v2, which TypeScript's types lack. */
interface VisibilityOptions extends IntersectionObserverInit {
  trackVisibility: boolean;
  delay: number;
}
type VisibilityEntry = IntersectionObserverEntry & { readonly isVisible: boolean };

export class ConsentGate {
  readonly #onChange: () => void;
  readonly #isFramed = isFramedByAnotherOrigin();
  readonly #disconnectController = new AbortController();
  #openAt = Number.POSITIVE_INFINITY;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #observer: IntersectionObserver | null = null;
  #isRendered = false;
  #isInView = false;
  #pressedAt: number | null = null;

  /** @param onChange is called when the state may have changed */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
    const { signal } = this.#disconnectController;
    document.addEventListener("visibilitychange", () => this.restart(), { signal });
    // Wait again on focus, because an earlier click may have closed a window in front of this one. In a frame, the click itself
    // causes the focus.
    if (window.parent === window) window.addEventListener("focus", () => this.restart(), { signal });
    this.restart();
  }

  get state(): GateState {
    if (this.#isFramed && !reportsVisibility()) return "closed";
    if (this.#isFramed && !this.#isInView) return "covered";
    return performance.now() < this.#openAt ? "waiting" : "open";
  }

  /** True if another site frames this page. The code can then be opened in a new tab, where nothing can cover the bar. */
  get isFramed(): boolean {
    return this.#isFramed;
  }

  /** Start waiting again, because the code or its visibility has changed. */
  restart(): void {
    this.#stopWaiting();
    this.#openAt = Number.POSITIVE_INFINITY;
    // Hidden pages do not paint. The second animation frame starts after the first one is visible.
    this.#frame = requestAnimationFrame(() => {
      this.#frame = requestAnimationFrame(() => {
        this.#wait(VIEWING_MS);
      });
    });
    this.#notify();
  }

  /** Handle a pointer that enters the button. A framing page may have moved the button under it. */
  readonly enter = ({ pointerType }: PointerEvent): void => {
    if (!this.#isFramed || pointerType === "touch" || this.#openAt >= performance.now() + POINTING_MS) return;
    clearTimeout(this.#timer);
    this.#wait(POINTING_MS);
    this.#notify();
  };

  /** Observe the visibility of the bar. Called as a ref callback: with the element, and later without it. */
  readonly watch = (bar: Element | undefined): void => {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#isRendered = bar !== undefined;
    this.#isInView = false;
    if (bar === undefined || !this.#isFramed || !reportsVisibility()) return;
    const options: VisibilityOptions = {
      threshold: [0, 0.5, FULLY_VISIBLE, 1],
      trackVisibility: true,
      delay: REPORT_MS,
    };
    this.#observer = new IntersectionObserver((entries) => this.#updateVisibility(entries), options);
    this.#observer.observe(bar);
  };

  /** Handle the start of a click: a pointer or a key goes down on the button. */
  readonly press = (event: PointerEvent | KeyboardEvent): void => {
    if ("repeat" in event && event.repeat) event.preventDefault();
    else this.#pressedAt = event.timeStamp;
  };

  /** Return whether a click counts as consent, based on the event's timestamp, not on the time at which the page handles it. */
  accepts(click: Event): boolean {
    const pressedAt = this.#pressedAt ?? click.timeStamp;
    this.#pressedAt = null;
    if (this.#observer !== null) this.#updateVisibility(this.#observer.takeRecords());
    return this.state === "open" && pressedAt >= this.#openAt && click.timeStamp >= this.#openAt;
  }

  close(): void {
    this.#disconnectController.abort();
    this.#stopWaiting();
    this.watch(undefined);
  }

  #wait(milliseconds: number): void {
    this.#openAt = performance.now() + milliseconds;
    this.#timer = setTimeout(() => this.#notify(), milliseconds);
  }

  #notify(): void {
    if (this.#isRendered) this.#onChange();
  }

  #stopWaiting(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  #updateVisibility(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries as readonly VisibilityEntry[]) {
      const isInView = entry.isVisible && entry.intersectionRatio >= FULLY_VISIBLE;
      if (isInView === this.#isInView) continue;
      this.#isInView = isInView;
      this.restart();
    }
  }
}

function reportsVisibility(): boolean {
  return "IntersectionObserverEntry" in globalThis && "isVisible" in IntersectionObserverEntry.prototype;
}

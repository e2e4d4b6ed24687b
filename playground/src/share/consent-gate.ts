/**
 * Decides which clicks on “Run this code” are consent. A page that opened or embeds this one can place its own content, and
 * a click that was meant for that, over the button. So a click counts only after the visitor could see what it runs.
 */

import { isFramedByAnotherOrigin } from "../embed/ancestors.ts";

/** How long the same code, and the bar that asks about it, must have been in view. */
export const VIEWING_MS = 1_000;
/** How long a mouse must have been on a framed button: longer than it takes to notice a page that moves under it. */
export const POINTING_MS = 500;
/** The shortest interval at which browsers report what covers an element. */
const REPORT_MS = 100;
/** Less than 1, because positions are rounded. */
const WHOLE = 0.99;

export type GateState =
  /** A click is consent. */
  | "open"
  /** Something changed less than a second ago. */
  | "waiting"
  /** Another site frames this page, and the bar is covered, transparent or partly out of view. */
  | "covered"
  /** Another site frames this page, and the browser does not report what covers the bar. */
  | "closed";

/** How the browser reports visibility; the types of TypeScript do not have it yet. */
interface VisibilityOptions extends IntersectionObserverInit {
  trackVisibility: boolean;
  delay: number;
}
type VisibilityEntry = IntersectionObserverEntry & { readonly isVisible: boolean };

export class ConsentGate {
  readonly #changed: () => void;
  readonly #isFramed = isFramedByAnotherOrigin();
  readonly #leaving = new AbortController();
  #openAt = Number.POSITIVE_INFINITY;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #observer: IntersectionObserver | null = null;
  #isShown = false;
  #isInView = false;
  #pressedAt: number | null = null;

  /** @param changed called when the state may have changed */
  constructor(changed: () => void) {
    this.#changed = changed;
    const { signal } = this.#leaving;
    document.addEventListener("visibilitychange", () => this.restart(), { signal });
    // The click before may have closed a window in front of this one. A frame gets the focus only by the click itself.
    if (window.parent === window) window.addEventListener("focus", () => this.restart(), { signal });
    this.restart();
  }

  get state(): GateState {
    if (this.#isFramed && !reportsVisibility()) return "closed";
    if (this.#isFramed && !this.#isInView) return "covered";
    return performance.now() < this.#openAt ? "waiting" : "open";
  }

  /** True where the code can be opened in a tab of its own, in which nothing can cover the bar. */
  get isFramed(): boolean {
    return this.#isFramed;
  }

  /** Other code is on the page, or the same code comes into view again. */
  restart(): void {
    this.#stopWaiting();
    this.#openAt = Number.POSITIVE_INFINITY;
    // No frames are painted while the page is hidden, and the second one only after the first is in view.
    this.#frame = requestAnimationFrame(() => {
      this.#frame = requestAnimationFrame(() => {
        this.#wait(VIEWING_MS);
      });
    });
    this.#tell();
  }

  /** To be called when a pointer comes over the button. The page around a frame may have moved the button there. */
  readonly enter = ({ pointerType }: PointerEvent): void => {
    if (!this.#isFramed || pointerType === "touch" || this.#openAt >= performance.now() + POINTING_MS) return;
    clearTimeout(this.#timer);
    this.#wait(POINTING_MS);
    this.#tell();
  };

  /** Follows whether the bar is in view; called with the element as soon as it is there, without when it is gone. */
  readonly watch = (bar: Element | undefined): void => {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#isShown = bar !== undefined;
    this.#isInView = false;
    if (bar === undefined || !this.#isFramed || !reportsVisibility()) return;
    const options: VisibilityOptions = { threshold: [0, 0.5, WHOLE, 1], trackVisibility: true, delay: REPORT_MS };
    this.#observer = new IntersectionObserver((entries) => this.#see(entries), options);
    this.#observer.observe(bar);
  };

  /** To be called with each event that may begin a click: a pointer or a key goes down on the button. */
  readonly press = (event: PointerEvent | KeyboardEvent): void => {
    if ("repeat" in event && event.repeat) event.preventDefault();
    else this.#pressedAt = event.timeStamp;
  };

  /** Whether a click is consent. It is judged by when it began and ended, not by when the page came to handle it. */
  accepts(click: Event): boolean {
    const pressedAt = this.#pressedAt ?? click.timeStamp;
    this.#pressedAt = null;
    if (this.#observer !== null) this.#see(this.#observer.takeRecords());
    return this.state === "open" && pressedAt >= this.#openAt && click.timeStamp >= this.#openAt;
  }

  close(): void {
    this.#leaving.abort();
    this.#stopWaiting();
    this.watch(undefined);
  }

  #wait(milliseconds: number): void {
    this.#openAt = performance.now() + milliseconds;
    this.#timer = setTimeout(() => this.#tell(), milliseconds);
  }

  #tell(): void {
    if (this.#isShown) this.#changed();
  }

  #stopWaiting(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  #see(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries as readonly VisibilityEntry[]) {
      const isInView = entry.isVisible && entry.intersectionRatio >= WHOLE;
      if (isInView === this.#isInView) continue;
      this.#isInView = isInView;
      this.restart();
    }
  }
}

function reportsVisibility(): boolean {
  return "IntersectionObserverEntry" in globalThis && "isVisible" in IntersectionObserverEntry.prototype;
}

/** Pan and zoom over a drawing. Only its transform changes, and while it moves the browser moves what it has painted. */

import type { Anchor } from "./anchor.ts";
import type { Pane } from "./layout.ts";
import {
  type Box,
  fitView,
  holdPoint,
  keepInView,
  type Point,
  panView,
  revealBox,
  transformOf,
  type View,
  zoomView,
} from "./view.ts";

/** How far a pressed pointer moves before a click becomes a drag. */
const DRAG = 4;
/** Milliseconds without a movement. */
const REST = 200;
const KEY_ZOOM = 1.25;
const WHEEL_ZOOM = 0.0022;
/** A wheel that counts in lines or pages instead of pixels. */
const WHEEL_UNITS = [1, 16, 240];

export class Viewport {
  readonly #onResize: (pane: Pane) => void;
  readonly #pointers = new Map<number, Point>();
  #container: HTMLElement | null = null;
  #drawing: SVGSVGElement | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #sizes: ResizeObserver | null = null;
  #stop: AbortController | null = null;
  #pane: Pane = { width: 0, height: 0 };
  #picture: Pane = { width: 0, height: 0 };
  /** Null while the whole drawing is fitted into the pane, as the page shows it by itself. */
  #view: View | null = null;
  #dragged = false;

  constructor(onResize: (pane: Pane) => void = () => {}) {
    this.#onResize = onResize;
  }

  get pane(): Pane {
    return this.#pane;
  }

  /** Where the visitor looks; null while it is at the whole. */
  get view(): View | null {
    return this.#view;
  }

  /** Takes a container with the drawing in it, or another drawing in the same container; the visitor's view stays. */
  attach(container: HTMLElement, picture: Pane): void {
    const drawing = container.querySelector<SVGSVGElement>(".graph");
    const { width, height } = this.#picture;
    const same = drawing === this.#drawing && picture.width === width && picture.height === height;
    // What a rendering left as it was is not touched, or it would cut short a movement.
    if (container === this.#container && same) return;
    this.#drawing = drawing;
    this.#picture = { width: picture.width, height: picture.height };
    if (container !== this.#container) {
      this.detach();
      this.#container = container;
      this.#listen(container);
    }
    this.#show(this.#view, false);
  }

  detach(): void {
    this.#stop?.abort();
    this.#sizes?.disconnect();
    clearTimeout(this.#rest);
    this.#pointers.clear();
    this.#container = null;
  }

  fit(): void {
    this.#show(null, true);
  }

  /** Zooms about the pane's middle. */
  zoom(factor: number): void {
    this.#show(zoomView(this.#looking(), factor, { x: 0, y: 0 }, this.#fitting()), true);
  }

  /** Brings a part of the drawing into sight. The whole is in sight while it is fitted. */
  reveal(part: Box): void {
    if (this.#view === null) return;
    const view = revealBox(this.#view, part, this.#picture, this.#pane);
    if (view.x !== this.#view.x || view.y !== this.#view.y) this.#show(view, true);
  }

  /** Keeps a node where it is on the screen: to be called before another layout is rendered. */
  hold({ before, after }: Anchor): void {
    if (this.#view !== null) this.#view = holdPoint(this.#view, before, after);
  }

  /** `+`, `-` and `0`. */
  key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "+" || event.key === "=") this.zoom(KEY_ZOOM);
    else if (event.key === "-" || event.key === "_") this.zoom(1 / KEY_ZOOM);
    else if (event.key === "0") this.fit();
    else return false;
    event.preventDefault();
    return true;
  }

  #listen(container: HTMLElement): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    container.addEventListener("pointerdown", (event) => this.#press(event), { signal });
    container.addEventListener("pointermove", (event) => this.#move(event), { signal });
    for (const end of ["pointerup", "pointercancel"] as const) {
      container.addEventListener(end, (event) => this.#release(event), { signal });
    }
    container.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    // The click that ends a drag is none.
    container.addEventListener("click", (event) => this.#dragged && event.stopPropagation(), { signal, capture: true });
    this.#pane = { width: container.clientWidth, height: container.clientHeight };
    this.#sizes = new ResizeObserver(() => {
      this.#pane = { width: container.clientWidth, height: container.clientHeight };
      this.#show(this.#view, false);
      this.#onResize(this.#pane);
    });
    this.#sizes.observe(container);
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    if (this.#pointers.size === 0) this.#dragged = false;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    if (!this.#dragged) {
      if (this.#pointers.size === 1 && Math.hypot(now.x - before.x, now.y - before.y) < DRAG) return;
      this.#dragged = true;
      // Captured only now: a plain click must reach the node under it.
      for (const pointer of this.#pointers.keys()) this.#container?.setPointerCapture(pointer);
    }
    const other = [...this.#pointers].find(([pointer]) => pointer !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    if (other === undefined) this.#show(panView(this.#looking(), now.x - before.x, now.y - before.y), false);
    else this.#pinch(before, now, other);
  }

  /** Two fingers: as far as they part the drawing grows, and their middle takes it along. */
  #pinch(before: Point, now: Point, other: Point): void {
    const grown = distance(now, other) / Math.max(1, distance(before, other));
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const view = zoomView(this.#looking(), grown, this.#fromMiddle(middle), this.#fitting());
    this.#show(panView(view, (now.x - before.x) / 2, (now.y - before.y) / 2), false);
  }

  #release(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
  }

  #wheel(event: WheelEvent): void {
    const unit = WHEEL_UNITS[event.deltaMode] ?? 1;
    const [x, y] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const factor = Math.exp(-Math.max(-100, Math.min(100, y)) * WHEEL_ZOOM * 2);
      const at = this.#fromMiddle({ x: event.clientX, y: event.clientY });
      this.#show(zoomView(this.#looking(), factor, at, this.#fitting()), false);
      return;
    }
    // While the whole is in sight, and at the drawing's end, the wheel scrolls the page that the pane is part of.
    if (this.#view === null) return;
    const before = this.#view;
    this.#show(event.shiftKey && x === 0 ? panView(before, -y, 0) : panView(before, -x, -y), false);
    if (before.x !== this.#view.x || before.y !== this.#view.y) event.preventDefault();
  }

  /** Painted once for a movement, and once more, sharp, when it has come to rest. */
  #glide(drawing: SVGSVGElement): void {
    drawing.classList.add("moving");
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => drawing.classList.remove("moving"), REST);
  }

  #fitting(): View {
    return fitView(this.#picture, this.#pane);
  }

  #looking(): View {
    return this.#view ?? this.#fitting();
  }

  #fromMiddle({ x, y }: Point): Point {
    const box = this.#container?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
  }

  #show(view: View | null, smoothly: boolean): void {
    if (this.#pane.width === 0 || this.#pane.height === 0) return;
    this.#view = view === null ? null : keepInView(view, this.#picture, this.#pane);
    this.#container?.toggleAttribute("data-moved", this.#view !== null);
    if (this.#drawing === null) return;
    this.#drawing.classList.toggle("smooth", smoothly);
    const transform = this.#view === null ? "" : transformOf(this.#view, this.#fitting());
    if (transform === this.#drawing.style.transform) return;
    this.#drawing.style.transform = transform;
    this.#glide(this.#drawing);
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Pans and zooms a drawing. Only the transform changes, so the browser only moves painted pixels. */

import type { Anchor } from "./anchor.ts";
import type { Pane } from "./layout.ts";
import {
  type Box,
  fitView,
  holdPoint,
  keepInView,
  type Point,
  panView,
  readableView,
  revealBox,
  transformOf,
  type ViewTransform,
  zoomView,
} from "./view.ts";

/** The distance in pixels after which a press becomes a drag instead of a click. */
const DRAG_THRESHOLD = 4;
/** Milliseconds without movement after which the drawing is repainted at full sharpness. */
const REST_MS = 200;
const KEY_ZOOM = 1.25;
const WHEEL_ZOOM = 0.0022;
/** Pixels per unit of `deltaMode`: pixels, lines or pages. */
const WHEEL_UNITS = [1, 16, 240];

/**
 * How the view was chosen. `initial`: automatically. `fitted`: with Fit. `panned`: a finger or the wheel moved the initial
 * view. `zoomed`: the visitor zoomed, or dragged with a mouse. A finger scrolls the page unless the view is zoomed.
 */
type ViewOrigin = "initial" | "fitted" | "panned" | "zoomed";

/** A drawing's size, the number of its nodes, and the box to show first if the whole drawing is not readable. */
export interface Picture extends Pane {
  nodes: number;
  focus: Box | null;
}

export class Viewport {
  readonly #onResize: (pane: Pane) => void;
  readonly #pointers = new Map<number, Point>();
  #container: HTMLElement | null = null;
  #drawing: SVGSVGElement | null = null;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #resizeObserver: ResizeObserver | null = null;
  #listeners: AbortController | null = null;
  #pane: Pane = { width: 0, height: 0 };
  #picture: Picture = { width: 0, height: 0, nodes: 0, focus: null };
  /** Null while the drawing is fitted into the pane. */
  #view: ViewTransform | null = null;
  #origin: ViewOrigin = "initial";
  #dragged = false;

  constructor(onResize: (pane: Pane) => void = () => {}) {
    this.#onResize = onResize;
  }

  get pane(): Pane {
    return this.#pane;
  }

  /** The view of a part of the drawing; null while the drawing is fitted. */
  get view(): ViewTransform | null {
    return this.#view;
  }

  /** Attach to a container, or to a new drawing in the same container. A view that the visitor chose does not change. */
  attach(container: HTMLElement, picture: Picture): void {
    const drawing = container.querySelector<SVGSVGElement>(".graph");
    const { width, height } = this.#picture;
    const same = drawing === this.#drawing && picture.width === width && picture.height === height;
    // An unchanged drawing is left alone, because assigning its style again would interrupt an animation.
    if (container === this.#container && same) return;
    this.#drawing = drawing;
    this.#picture = picture;
    if (container !== this.#container) {
      this.detach();
      this.#container = container;
      this.#addListeners(container);
    }
    this.#show(this.#restingView(), false);
  }

  detach(): void {
    this.#listeners?.abort();
    this.#resizeObserver?.disconnect();
    clearTimeout(this.#restTimer);
    this.#pointers.clear();
    this.#container = null;
  }

  fit(): void {
    this.#origin = "fitted";
    this.#show(null, true);
  }

  /** Zoom around the center of the pane. */
  zoom(factor: number): void {
    this.#origin = "zoomed";
    this.#show(zoomView(this.#currentView(), factor, { x: 0, y: 0 }, this.#fittedView()), true);
  }

  /** Scroll a box of the drawing into view. A fitted drawing needs no scrolling, because it is entirely visible. */
  reveal(box: Box): void {
    if (this.#view === null) return;
    const view = revealBox(this.#view, box, this.#picture, this.#pane);
    if (view.x !== this.#view.x || view.y !== this.#view.y) this.#show(view, true);
  }

  /** Keep a node at its screen position. Call this before a new layout is rendered. */
  holdAnchor({ before, after }: Anchor): void {
    if (this.#view !== null) this.#view = holdPoint(this.#view, before, after);
  }

  /** Handle `+`, `-` and `0`; return whether the key was one of them. */
  handleKey(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "+" || event.key === "=") this.zoom(KEY_ZOOM);
    else if (event.key === "-" || event.key === "_") this.zoom(1 / KEY_ZOOM);
    else if (event.key === "0") this.fit();
    else return false;
    event.preventDefault();
    return true;
  }

  #addListeners(container: HTMLElement): void {
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    container.addEventListener("pointerdown", (event) => this.#handleDown(event), { signal });
    container.addEventListener("pointermove", (event) => this.#handleMove(event), { signal });
    for (const eventName of ["pointerup", "pointercancel"] as const) {
      container.addEventListener(eventName, (event) => this.#handleUp(event), { signal });
    }
    container.addEventListener("wheel", (event) => this.#handleWheel(event), { signal, passive: false });
    // Suppress the click at the end of a drag.
    container.addEventListener("click", (event) => this.#dragged && event.stopPropagation(), { signal, capture: true });
    this.#pane = { width: container.clientWidth, height: container.clientHeight };
    this.#resizeObserver = new ResizeObserver(() => {
      this.#pane = { width: container.clientWidth, height: container.clientHeight };
      this.#show(this.#restingView(), false);
      this.#onResize(this.#pane);
    });
    this.#resizeObserver.observe(container);
  }

  #handleDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    if (this.#pointers.size === 0) this.#dragged = false;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  #handleMove(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    if (!this.#dragged) {
      const [x, y] = [now.x - before.x, now.y - before.y];
      if (this.#pointers.size === 1 && Math.hypot(x, y) < DRAG_THRESHOLD) return;
      const isFinger = event.pointerType === "touch" && this.#pointers.size === 1;
      if (isFinger && this.#scrollsPage(x, y)) {
        this.#pointers.set(event.pointerId, now); // the browser takes over, but reports the first movements
        return;
      }
      this.#dragged = true;
      this.#origin = isFinger && this.#origin !== "zoomed" ? "panned" : "zoomed";
      // The pointer is captured only now, because a plain click must reach the node under the pointer.
      for (const pointer of this.#pointers.keys()) this.#container?.setPointerCapture(pointer);
    }
    const other = [...this.#pointers].find(([pointer]) => pointer !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    if (other === undefined) this.#show(panView(this.#currentView(), now.x - before.x, now.y - before.y), false);
    else this.#pinch(before, now, other);
  }

  /** Whether the browser scrolls the page when one finger begins to move: see `touch-action` in the styles. */
  #scrollsPage(x: number, y: number): boolean {
    return this.#origin !== "zoomed" && (this.#view === null || Math.abs(y) >= Math.abs(x));
  }

  /** Zoom by the change in distance between two fingers, and pan by the movement of their midpoint. */
  #pinch(before: Point, now: Point, other: Point): void {
    this.#origin = "zoomed";
    const ratio = distance(now, other) / Math.max(1, distance(before, other));
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const view = zoomView(this.#currentView(), ratio, this.#fromCenter(middle), this.#fittedView());
    this.#show(panView(view, (now.x - before.x) / 2, (now.y - before.y) / 2), false);
  }

  #handleUp(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
  }

  #handleWheel(event: WheelEvent): void {
    const unit = WHEEL_UNITS[event.deltaMode] ?? 1;
    const [x, y] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.#origin = "zoomed";
      const factor = Math.exp(-Math.max(-100, Math.min(100, y)) * WHEEL_ZOOM * 2);
      const at = this.#fromCenter({ x: event.clientX, y: event.clientY });
      this.#show(zoomView(this.#currentView(), factor, at, this.#fittedView()), false);
      return;
    }
    // In a fitted drawing, and at its edges, the wheel scrolls the page.
    if (this.#view === null) return;
    const before = this.#view;
    if (this.#origin === "initial") this.#origin = "panned";
    this.#show(event.shiftKey && x === 0 ? panView(before, -y, 0) : panView(before, -x, -y), false);
    if (before.x !== this.#view.x || before.y !== this.#view.y) event.preventDefault();
  }

  /** Let the browser move painted pixels until the drawing stops moving, then repaint it at full sharpness. */
  #markMoving(drawing: SVGSVGElement): void {
    drawing.classList.add("moving");
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => drawing.classList.remove("moving"), REST_MS);
  }

  #fittedView(): ViewTransform {
    return fitView(this.#picture, this.#pane);
  }

  /** Return the view for a drawing or a pane with a new size. On a touch screen, a small graph starts at a readable size. */
  #restingView(): ViewTransform | null {
    if (this.#origin !== "initial" || this.#pane.width === 0) return this.#view;
    if (!matchMedia("(pointer: coarse)").matches) return null;
    return readableView(this.#picture, this.#pane, this.#picture.nodes, this.#picture.focus);
  }

  #currentView(): ViewTransform {
    return this.#view ?? this.#fittedView();
  }

  #fromCenter({ x, y }: Point): Point {
    const box = this.#container?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 };
  }

  #show(view: ViewTransform | null, animate: boolean): void {
    if (this.#pane.width === 0 || this.#pane.height === 0) return;
    this.#view = view === null ? null : keepInView(view, this.#picture, this.#pane);
    this.#container?.toggleAttribute("data-moved", this.#view !== null && this.#origin === "zoomed");
    this.#container?.toggleAttribute("data-cropped", this.#view !== null && this.#origin !== "zoomed");
    if (this.#drawing === null) return;
    this.#drawing.classList.toggle("smooth", animate);
    const transform = this.#view === null ? "" : transformOf(this.#view, this.#fittedView());
    if (transform === this.#drawing.style.transform) return;
    this.#drawing.style.transform = transform;
    this.#markMoving(this.#drawing);
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

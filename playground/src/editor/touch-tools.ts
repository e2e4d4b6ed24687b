/**
 * Buttons for touch screens: on-screen keyboards have no Tab and no arrow keys. The buttons are at the bottom of the editor,
 * above the on-screen keyboard, while the editor has the focus.
 */

import { indentLess, indentMore, moveLineDown, moveLineUp, redo, undo } from "@codemirror/commands";
import type { Extension } from "@codemirror/state";
import { type Command, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { type MoveDirection, moveAt } from "./moving.ts";

interface Tool {
  icon: string;
  label: string;
  title: string;
  run: Command;
}

const TOOLS: readonly Tool[] = [
  { icon: "⇤", label: "Dedent", title: "Dedent the line or the selected lines", run: indentLess },
  { icon: "⇥", label: "Indent", title: "Indent the line or the selected lines", run: indentMore },
  { icon: "↑", label: "Move up", title: titleOfMove("up"), run: (view) => move(view, "up") },
  { icon: "↓", label: "Move down", title: titleOfMove("down"), run: (view) => move(view, "down") },
  { icon: "↶", label: "Undo", title: "Undo the latest change", run: undo },
  { icon: "↷", label: "Redo", title: "Redo the latest undone change", run: redo },
];

/** Return the height of the part of an editor that is behind the on-screen keyboard or below the edge of the window. */
export function coveredHeight(editorBottom: number, visible: Pick<VisualViewport, "offsetTop" | "height">): number {
  return Math.max(0, editorBottom - visible.offsetTop - visible.height);
}

/** Return the vertical position of the buttons, which are at the bottom of the visible part of an editor. */
export function topOfButtons(
  editorBottom: number,
  visible: Pick<VisualViewport, "offsetTop" | "height">,
  height: number,
): number {
  return editorBottom - coveredHeight(editorBottom, visible) - height;
}

/** Move the selected lines, or without a selection the function at the caret, or else the line. */
export function move(view: EditorView, direction: MoveDirection): boolean {
  const { state } = view;
  const { empty, head } = state.selection.main;
  const found = empty ? moveAt(state.doc.toString(), head, direction) : null;
  if (found === null) return (direction === "up" ? moveLineUp : moveLineDown)(view);
  const changes = state.changes(found.edits);
  view.dispatch({
    changes,
    selection: { anchor: head + found.offset },
    userEvent: "move.statement",
    effects: EditorView.scrollIntoView(found.start, { yMargin: 24 }),
  });
  return true;
}

function titleOfMove(direction: MoveDirection): string {
  return `Move the function at the caret, or the selected lines, ${direction}`;
}

class TouchTools {
  readonly #view: EditorView;
  readonly #bar = document.createElement("div");
  readonly #listeners = new AbortController();
  #covered = 0;
  #height = 0;
  readonly #sizes = new ResizeObserver(() => this.#keepCaretVisible());

  constructor(view: EditorView) {
    this.#view = view;
    this.#bar.className = "touch-tools";
    this.#bar.setAttribute("role", "toolbar");
    this.#bar.setAttribute("aria-label", "Edit");
    this.#bar.append(...TOOLS.map((tool) => this.#button(tool)));
    this.#bar.addEventListener("mousedown", (event) => event.preventDefault()); // the editor keeps the focus
    this.#bar.hidden = !view.hasFocus;
    view.dom.append(this.#bar);
    const { signal } = this.#listeners;
    const place = (): void => this.#place();
    for (const eventName of ["resize", "scroll"] as const)
      window.visualViewport?.addEventListener(eventName, place, { signal });
    window.addEventListener("scroll", place, { signal, passive: true });
    this.#sizes.observe(view.scrollDOM);
  }

  /** The height of the part at the bottom of the editor where the buttons or the on-screen keyboard cover the code. */
  get coveredHeight(): number {
    return this.#bar.hidden ? 0 : this.#bar.offsetHeight + this.#covered;
  }

  update(update: ViewUpdate): void {
    if (update.focusChanged) {
      this.#bar.hidden = !update.view.hasFocus;
      this.#place();
    }
    if (update.focusChanged || (update.selectionSet && !update.docChanged)) this.#revealCaret();
  }

  destroy(): void {
    this.#sizes.disconnect();
    this.#listeners.abort();
    this.#bar.remove();
  }

  /**
   * After a tap, scroll the caret into view above the buttons. A transaction would restore the caret's previous position if
   * the editor has not read the new one yet. After a scroll, the buttons might not have moved yet, so their position is
   * calculated.
   */
  #revealCaret(limit = Number.POSITIVE_INFINITY): void {
    const visible = window.visualViewport;
    if (this.#bar.hidden || visible === null) return;
    this.#view.requestMeasure({
      key: this.#bar,
      read: (view) => {
        const caret = view.coordsAtPos(view.state.selection.main.head);
        if (caret === null) return 0;
        return caret.bottom - topOfButtons(view.dom.getBoundingClientRect().bottom, visible, this.#bar.offsetHeight);
      },
      write: (hidden, { scrollDOM }) => {
        if (hidden <= 0 || hidden > limit) return;
        const before = scrollDOM.scrollTop;
        scrollDOM.scrollTop += hidden;
        window.scrollBy(0, hidden - (scrollDOM.scrollTop - before)); // if the code cannot be scrolled that far
      },
    });
  }

  /** Follow the caret if a message below the code takes space from it, unless the visitor has scrolled away from the caret. */
  #keepCaretVisible(): void {
    const { scrollDOM, defaultLineHeight } = this.#view;
    const lost = this.#height - scrollDOM.clientHeight;
    this.#height = scrollDOM.clientHeight;
    if (lost > 0) this.#revealCaret(lost + defaultLineHeight);
  }

  #place(): void {
    const visible = window.visualViewport;
    if (this.#bar.hidden || visible === null) return;
    this.#view.requestMeasure({
      key: this,
      read: ({ dom }) => coveredHeight(dom.getBoundingClientRect().bottom, visible),
      write: (covered) => {
        this.#covered = covered;
        this.#bar.style.bottom = `${covered}px`;
      },
    });
  }

  #button({ icon, label, title, run }: Tool): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1; // the buttons are for fingers; a keyboard has keys for these commands
    button.textContent = icon;
    button.title = title;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => run(this.#view));
    return button;
  }
}

const plugin = ViewPlugin.fromClass(TouchTools, {
  provide: (own) => EditorView.scrollMargins.of((view) => ({ bottom: view.plugin(own)?.coveredHeight ?? 0 })),
});

/** Return the buttons; nothing on a device without a touch screen. */
export function touchTools(): Extension {
  return matchMedia("(any-pointer: coarse)").matches ? plugin : [];
}

/**
 * The box that a tap opens on a touch screen: the problems on the tapped line, or else the description of the tapped node. It is
 * below the line, so that the line stays visible. Typing, or a tap on it or on another line, closes it.
 */

import { type Diagnostic, forEachDiagnostic } from "@codemirror/lint";
import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  EditorView,
  type Rect,
  repositionTooltips,
  showTooltip,
  type Tooltip,
  type TooltipView,
} from "@codemirror/view";

/** Return the content of a box at a position; null if there is nothing to show. */
type Describe = (view: EditorView, position: number) => HTMLElement | null;

const change = StateEffect.define<Tooltip | null>();

const field = StateField.define<Tooltip | null>({
  create: () => null,
  update(box, { effects, docChanged, state }) {
    for (const effect of effects) if (effect.is(change)) return effect.value;
    // The browser may report the new position of the caret only after the tap.
    return box === null || docChanged || !isOnLine(state, box.pos) ? null : box;
  },
  provide: (own) => showTooltip.from(own),
});

/** @param describe what to show if the tapped line has no problems */
export function touchBox(describe: Describe): Extension {
  let isTouch = false;
  const recordPointer = ({ pointerType }: PointerEvent): void => {
    isTouch = pointerType === "touch";
  };
  return [
    field,
    EditorView.focusChangeEffect.of((_, isFocused) => (isFocused ? null : change.of(null))),
    EditorView.domEventObservers({ pointerdown: recordPointer, pointermove: recordPointer }),
    EditorView.domEventHandlers({
      // After a tap, browsers also move the mouse, which would open CodeMirror's hover boxes. These would cover the line.
      mousemove(event) {
        if (isTouch) event.stopPropagation();
        return false;
      },
      click(event, view) {
        if (isTouch) toggle(view, view.posAtCoords({ x: event.clientX, y: event.clientY }), describe);
        return false;
      },
    }),
  ];
}

/** Return the part of an editor in which boxes are visible: a phone's keyboard covers the rest. */
export function boxSpace(view: EditorView): Rect {
  const { left, right, top, bottom } = view.dom.getBoundingClientRect();
  const visible = window.visualViewport;
  if (visible === null) return { left, right, top, bottom };
  return {
    left,
    right,
    top: Math.max(top, visible.offsetTop),
    bottom: Math.min(bottom, visible.offsetTop + visible.height),
  };
}

/** Return the problems on the line at a position. */
export function problemsOnLine(state: EditorState, position: number): Diagnostic[] {
  const line = state.doc.lineAt(position);
  const found: Diagnostic[] = [];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    if (from <= line.to && to >= line.from) found.push({ ...diagnostic, from, to });
  });
  return found;
}

function isOnLine({ doc, selection }: EditorState, position: number): boolean {
  return doc.lineAt(selection.main.head).from === doc.lineAt(position).from;
}

function toggle(view: EditorView, position: number | null, describe: Describe): void {
  const open = view.state.field(field);
  if (position === null) return;
  const { from, to } = view.state.doc.lineAt(position);
  const problems = problemsOnLine(view.state, position);
  const content = problems.length > 0 ? problemList(view, problems) : describe(view, position);
  const next = content === null || open?.pos === from ? null : boxBelow(from, to, content);
  // The editor might not have read the caret's new position yet. Without a selection, it would restore the previous one.
  if (next !== open) view.dispatch({ effects: change.of(next), selection: { anchor: position } });
}

/** Return a box below a line, which may be wrapped. */
function boxBelow(from: number, to: number, dom: HTMLElement): Tooltip {
  dom.setAttribute("role", "status");
  dom.classList.add("touch-box");
  return { pos: from, above: false, create: (view) => boxView(view, dom, to) };
}

function boxView(view: EditorView, dom: HTMLElement, end: number): TooltipView {
  const listeners = new AbortController();
  const { signal } = listeners;
  dom.addEventListener("mousedown", (event) => event.preventDefault(), { signal }); // the editor keeps the focus
  dom.addEventListener("click", () => view.dispatch({ effects: change.of(null) }), { signal });
  return {
    dom,
    getCoords: (position) => {
      const start = view.coordsAtPos(position) ?? { left: 0, right: 0, top: 0, bottom: 0 };
      return { ...start, bottom: view.coordsAtPos(end)?.bottom ?? start.bottom };
    },
    mount: () => window.visualViewport?.addEventListener("resize", () => repositionTooltips(view), { signal }),
    destroy: () => listeners.abort(),
  };
}

/** Render problems like CodeMirror's own box, whose styles apply. */
function problemList(view: EditorView, problems: readonly Diagnostic[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "cm-tooltip-lint";
  list.append(...problems.map((problem) => problemItem(view, problem)));
  return list;
}

function problemItem(view: EditorView, problem: Diagnostic): HTMLElement {
  const { severity, message, renderMessage, actions = [], source = "" } = problem;
  const item = document.createElement("li");
  item.className = `cm-diagnostic cm-diagnostic-${severity}`;
  const text = document.createElement("span");
  text.className = "cm-diagnosticText";
  text.append(renderMessage?.(view) ?? message);
  const kind = document.createElement("div");
  kind.className = "cm-diagnosticSource";
  kind.textContent = source;
  item.append(text, ...actions.map((action) => actionButton(view, problem, action)), kind);
  return item;
}

function actionButton(
  view: EditorView,
  { from, to }: Diagnostic,
  { name, apply }: NonNullable<Diagnostic["actions"]>[number],
): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cm-diagnosticAction";
  button.textContent = name;
  button.addEventListener("click", () => apply(view, from, to)); // the click also closes the box
  return button;
}

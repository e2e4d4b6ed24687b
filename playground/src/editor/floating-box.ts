/** A box that a key opens near the caret. Only one box is open at a time. Escape or moving the caret closes it. */

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  closeHoverTooltips,
  type EditorView,
  hasHoverTooltips,
  keymap,
  showTooltip,
  type Tooltip,
} from "@codemirror/view";

const change = StateEffect.define<Tooltip | null>();

const field = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(change)) return effect.value;
    return transaction.docChanged || transaction.selection !== undefined ? null : tooltip;
  },
  provide: (own) => showTooltip.from(own),
});

export function floatingBox(): Extension {
  return [field, keymap.of([{ key: "Escape", run: closeAll }])];
}

export function openFloatingBox(view: EditorView, tooltip: Tooltip): void {
  view.dispatch({ effects: change.of(tooltip) });
}

/** Close the box and hover tooltips; return false if neither was open. */
function closeAll(view: EditorView): boolean {
  const isPointed = hasHoverTooltips(view.state);
  if (isPointed) view.dispatch({ effects: closeHoverTooltips });
  return closeFloatingBox(view) || isPointed;
}

/** Close the box; return false if no box was open. */
export function closeFloatingBox(view: EditorView): boolean {
  if (view.state.field(field) === null) return false;
  view.dispatch({ effects: change.of(null) });
  return true;
}

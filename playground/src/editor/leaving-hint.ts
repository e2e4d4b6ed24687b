/**
 * A line below the code that says how to leave the editor by keyboard. It is shown while the editor has the focus, if the
 * focus was moved there by keyboard. Screen readers read the editor's description instead.
 */

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, type Panel, showPanel } from "@codemirror/view";
import { primaryKey } from "../primary-key.ts";

const setShown = StateEffect.define<boolean>();

const shown = StateField.define<boolean>({
  create: () => false,
  update: (value, { effects }) => effects.findLast((effect) => effect.is(setShown))?.value ?? value,
  provide: (field) => showPanel.from(field, (isShown) => (isShown ? hintPanel : null)),
});

export function leavingHint(): Extension {
  return shown;
}

export function showLeavingHint(view: EditorView, isShown: boolean): void {
  if (view.state.field(shown, false) !== isShown) view.dispatch({ effects: setShown.of(isShown) });
}

/** Styles show the first item only while suggestions are open, because Escape then only closes them. */
const ITEMS: readonly [className: string, keys: readonly (readonly string[])[], action: string][] = [
  ["while-suggesting", [["Esc"]], "closes the suggestions"],
  ["", [["Esc"], ["Tab"]], "leaves the editor"],
  ["", [[primaryKey(), "Enter"]], "runs the code"],
];

function hintPanel(): Panel {
  const dom = document.createElement("div");
  dom.className = "leaving-hint";
  dom.ariaHidden = "true";
  for (const [className, presses, action] of ITEMS) {
    const item = document.createElement("span");
    item.className = className;
    presses.forEach((keys, index) => {
      if (index > 0) item.append(", then ");
      keys.forEach((key, position) => {
        if (position > 0) item.append("+");
        const element = document.createElement("kbd");
        element.textContent = key;
        item.append(element);
      });
    });
    item.append(` ${action}`);
    dom.append(item);
  }
  return { dom };
}

/**
 * If Tab has just moved the focus into the editor, pressing Tab again leaves the editor instead of indenting. Otherwise, moving
 * the focus past the editor by keyboard would edit the code.
 */

import { type Extension, Prec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { leavingHint, showLeavingHint } from "./leaving-hint.ts";

/** After Tab or Shift+Tab has moved the focus into the editor, let both keys move it out until another key is pressed. */
export function tabPassage(): Extension {
  let wasPressedHere = false;
  const handlers = EditorView.domEventHandlers({
    keydown: ({ key }) => {
      if (key === "Tab") wasPressedHere = true;
      return false;
    },
    keyup: (event, view) => {
      if (isTab(event) && !wasPressedHere) {
        view.setTabFocusMode(Number.POSITIVE_INFINITY);
        showLeavingHint(view, true);
        view.dom.scrollIntoView({ block: "nearest" }); // the browser scrolls only the caret's line into view
      }
      return false;
    },
    mousedown: (_event, view) => {
      showLeavingHint(view, false);
      view.setTabFocusMode(false);
      return false;
    },
    blur: (_event, view) => {
      wasPressedHere = false;
      showLeavingHint(view, false);
      view.setTabFocusMode(false);
      return false;
    },
  });
  return [leavingHint(), Prec.highest(handlers)]; // before the key bindings, which handle a Tab that indents
}

/** Return whether a key press is a Tab that moves the focus. With Alt or Control, Tab switches windows or browser tabs. */
function isTab({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === "Tab" && !altKey && !ctrlKey && !metaKey;
}

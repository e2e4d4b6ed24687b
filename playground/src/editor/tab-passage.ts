/**
 * Tab right after Tab leaves the editor instead of indenting. Otherwise, moving the focus past the editor by keyboard would
 * edit the code.
 */

import { EditorView } from "@codemirror/view";

/** Let Tab and Shift+Tab pass through an editor that they reached, until another key is pressed. */
export function tabPassage() {
  let wasPressedHere = false;
  return EditorView.domEventHandlers({
    keydown: ({ key }) => {
      if (key === "Tab") wasPressedHere = true;
      return false;
    },
    keyup: (event, view) => {
      if (isTab(event) && !wasPressedHere) view.setTabFocusMode(Number.POSITIVE_INFINITY);
      return false;
    },
    mousedown: (_event, view) => {
      view.setTabFocusMode(false);
      return false;
    },
    blur: (_event, view) => {
      wasPressedHere = false;
      view.setTabFocusMode(false);
      return false;
    },
  });
}

/** Return whether a key moves the focus. With Alt or Control, it switches windows or tabs. */
function isTab({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === "Tab" && !altKey && !ctrlKey && !metaKey;
}

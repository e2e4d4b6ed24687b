/** A description of the node under the pointer or at the caret, and a command that opens its definition. */

import type { Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, type KeyBinding, type TooltipView } from "@codemirror/view";
import { type Definition, type Description, definitionOf, descriptionOf } from "./definitions.ts";
import { descriptionBox } from "./description-box.ts";
import { openFloatingBox } from "./floating-box.ts";
import { type EditorContext, nodeNameAt } from "./names.ts";

/** Show a node's description while the pointer is over its name. */
export function descriptionOnHover(context: () => EditorContext): Extension {
  return hoverTooltip((view, position) => {
    const found = describeAt(view, position, context);
    return found === null ? null : { pos: found.from, end: found.to, above: true, create: () => found.box };
  });
}

/** Open the definition of a node on Ctrl or ⌘ + click. */
export function openOnClick(context: () => EditorContext, open: (definition: Definition) => void): Extension {
  return EditorView.domEventHandlers({
    mousedown(event, view) {
      if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
      const position = view.posAtCoords({ x: event.clientX, y: event.clientY });
      return position !== null && openAt(view, position, context, open);
    },
  });
}

/** Bind keys for the node at the caret: F12 opens its definition, and Ctrl or ⌘ + K, I shows its description. */
export function descriptionKeys(context: () => EditorContext, open: (definition: Definition) => void): KeyBinding[] {
  return [
    { key: "F12", run: (view) => openAt(view, view.state.selection.main.head, context, open), preventDefault: true },
    { key: "Mod-k Mod-i", run: (view) => describe(view, context), preventDefault: true },
  ];
}

function openAt(
  view: EditorView,
  position: number,
  context: () => EditorContext,
  open: (definition: Definition) => void,
): boolean {
  const name = nodeNameAt(view.state.doc.toString(), position);
  const definition = name === null ? null : definitionOf(name.name, context());
  if (definition !== null) open(definition);
  return definition !== null;
}

function describe(view: EditorView, context: () => EditorContext): boolean {
  const found = describeAt(view, view.state.selection.main.head, context);
  if (found !== null) openFloatingBox(view, { pos: found.from, above: true, create: () => found.box });
  return found !== null;
}

function describeAt(view: EditorView, position: number, context: () => EditorContext) {
  const name = nodeNameAt(view.state.doc.toString(), position);
  const description = name === null ? null : descriptionOf(name.name, context());
  return name === null || description === null ? null : { ...name, box: boxOf(description) };
}

/** Return the description of the node at a position; null if there is no node. */
export function descriptionAt(view: EditorView, position: number, context: () => EditorContext): HTMLElement | null {
  return describeAt(view, position, context)?.box.dom ?? null;
}

function boxOf(description: Description): TooltipView {
  const dom = descriptionBox(description);
  dom.setAttribute("role", "status");
  return { dom };
}

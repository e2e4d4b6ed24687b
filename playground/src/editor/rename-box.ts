/** The rename box next to a name: F2 opens it, Enter renames, Escape cancels. */

import { type EditorView, type KeyBinding, repositionTooltips, type TooltipView } from "@codemirror/view";
import { closeFloatingBox, openFloatingBox } from "./floating-box.ts";
import { type EditorContext, type NodeName, nodeNameAt } from "./names.ts";
import { type NodeRename, type RenameResult, renameNode } from "./rename.ts";

export interface RenameHost {
  context(): EditorContext;
  /** Called after a node is renamed. */
  onRename(renamed: NodeRename): void;
}

export function renameKeys(host: RenameHost): KeyBinding[] {
  return [{ key: "F2", run: (view) => openBox(view, host), preventDefault: true }];
}

function openBox(view: EditorView, host: RenameHost): boolean {
  const name = nodeNameAt(view.state.doc.toString(), view.state.selection.main.head);
  if (name === null) return false;
  openFloatingBox(view, { pos: name.from, above: false, arrow: false, create: () => boxOf(view, name, host) });
  return true;
}

function boxOf(view: EditorView, { name }: NodeName, host: RenameHost): TooltipView {
  const form = document.createElement("form");
  form.className = "renaming";
  const label = document.createElement("label");
  label.textContent = "Rename to ";
  const input = document.createElement("input");
  Object.assign(input, { value: name, name: "name", autocomplete: "off", spellcheck: false });
  input.size = Math.max(name.length + 4, 14);
  const reason = document.createElement("p");
  reason.setAttribute("role", "alert");
  label.append(input);
  form.append(label, reason);

  const closeBox = (): void => {
    closeFloatingBox(view);
    view.focus();
  };
  const renaming = (): RenameResult => {
    const { files, graph } = host.context();
    return renameNode(files, graph, name, input.value.trim());
  };
  const showReason = (message: string): void => {
    reason.textContent = message;
    repositionTooltips(view); // the box may have grown
  };
  input.addEventListener("input", () => {
    const result = input.value === name ? null : renaming();
    showReason(result?.kind === "refused" ? result.reason : "");
  });
  form.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the editor must not handle the key
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      closeBox();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const result = input.value.trim() === name ? null : renaming();
    if (result?.kind === "refused") {
      showReason(result.reason);
      return;
    }
    closeBox();
    if (result !== null) host.onRename(result);
  });
  return {
    dom: form,
    mount: () => {
      input.focus({ preventScroll: true }); // the box has no position yet
      input.select();
    },
  };
}

/** Finds the uses of a node in the graph and lists them at the caret. */

import type { EditorView, KeyBinding, TooltipView } from "@codemirror/view";
import type { SourceLocation } from "./definitions.ts";
import { closeFloatingBox, openFloatingBox } from "./floating-box.ts";
import { moduleOf } from "./functions.ts";
import { type EditorContext, nodeNameAt, viewOfNode } from "./names.ts";

export interface NodeUsage extends SourceLocation {
  node: string;
}

/** Return the uses of a node, each at the parameter that receives it. Nodes without a source location are omitted. */
export function usagesOf(name: string, { files, graph }: EditorContext): NodeUsage[] {
  const readers = graph.edges.filter(({ source }) => source === name).map(({ target }) => viewOfNode(graph, target));
  return readers.flatMap((reader) => {
    if (!reader?.file || reader.line === null) return [];
    const text = files[reader.file] ?? "";
    const source = moduleOf(text).functions.find((source) => source.name === reader.function);
    const at = source?.parameters.find((parameter) => parameter.name === name) ?? source?.nameSpan;
    const line = at === undefined ? reader.line : text.slice(0, at.from).split("\n").length;
    return [{ node: reader.name, file: reader.file, line }];
  });
}

/** Bind Shift + F12 to a command that finds the uses of the node at the caret: it opens a single use, or lists several. */
export function usageKeys(context: () => EditorContext, open: (location: SourceLocation) => void): KeyBinding[] {
  const run = (view: EditorView): boolean => {
    const name = nodeNameAt(view.state.doc.toString(), view.state.selection.main.head);
    if (name === null) return false;
    const usages = usagesOf(name.name, context());
    const [only] = usages;
    if (only !== undefined && usages.length === 1) open(only);
    else openFloatingBox(view, { pos: name.from, above: false, create: () => boxOf(view, name.name, usages, open) });
    return true;
  };
  return [{ key: "Shift-F12", run, preventDefault: true }];
}

function boxOf(
  view: EditorView,
  name: string,
  usages: readonly NodeUsage[],
  open: (location: SourceLocation) => void,
): TooltipView {
  const dom = document.createElement("div");
  dom.className = "usages";
  dom.setAttribute("role", usages.length === 0 ? "status" : "group");
  dom.ariaLabel = `Uses of ${name}`;
  const buttons = usages.map((usage) => buttonOf(usage, () => go(usage)));
  dom.append(...(usages.length === 0 ? [`No function uses ${name}.`] : buttons));
  const go = (usage: NodeUsage): void => {
    closeFloatingBox(view);
    open(usage);
  };
  dom.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the editor must not handle the key
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) buttons[(at + step + buttons.length) % buttons.length]?.focus();
    if (step !== undefined || event.key === "Escape") event.preventDefault();
    if (event.key === "Escape") {
      closeFloatingBox(view);
      view.focus();
    }
  });
  return { dom, mount: () => buttons[0]?.focus() };
}

function buttonOf({ node, file, line }: NodeUsage, onClick: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  const location = document.createElement("span");
  location.className = "location";
  location.textContent = `${file}:${line}`;
  button.append(node, " ", location);
  button.addEventListener("click", onClick);
  return button;
}

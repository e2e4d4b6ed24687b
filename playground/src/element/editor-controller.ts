/** Connects the editor to the store: edits go to the store, selecting a node shows its code, and the caret selects nodes. */

import type { TemplateResult } from "lit/html.js";
import type { CodeEditor, CodeEditorEvents } from "../editor/code-editor.ts";
import { codeTemplate } from "../editor/highlight.ts";
import type { FunctionMark } from "../editor/marks.ts";
import type { NodeRename } from "../editor/rename.ts";
import { getOwn } from "../get-own.ts";
import type { Store } from "../state/store.ts";
import { nodeAt, type Workspace } from "../state/workspace.ts";
import { singleEdit } from "./single-edit.ts";

/** The number of lines to highlight before the editor is loaded. Highlighting thousands would block the page. */
const INITIAL_COLORED_LINES = 100;

export interface EditorControllerHost extends Pick<CodeEditorEvents, "onRun" | "fix" | "loadCompletion"> {
  root: ShadowRoot;
  store: Store;
  /** Aborted when the element leaves the page. */
  disconnectSignal: AbortSignal;
  requestUpdate(): void;
}

export class EditorController {
  readonly #host: EditorControllerHost;
  readonly #store: Store;
  #editor: CodeEditor | null = null;

  constructor(host: EditorControllerHost) {
    this.#host = host;
    this.#store = host.store;
  }

  /** Load the editor. Until it is loaded, the code is read-only. */
  async load(): Promise<void> {
    const { CodeEditor } = await import("../editor/code-editor.ts");
    const { root, disconnectSignal, onRun, fix, loadCompletion } = this.#host;
    if (disconnectSignal.aborted) return;
    this.#editor = new CodeEditor(root, {
      onEdit: (file, text, replacesAll) => this.#store.send({ kind: "edited", file, text, replacesAll }),
      onCaret: (file, line) => this.#selectAt(file, line),
      onRun,
      onFormat: () => void this.format(),
      onAssistanceFailed: () =>
        this.#notify("Could not load code completion, search and error highlighting. Click in the code to try again."),
      context: () => this.#store.workspace,
      onOpenLocation: ({ file, line }) => this.jump(file, line),
      onRename: (renamed) => this.#rename(renamed),
      fix,
      loadCompletion,
    });
    this.#host.requestUpdate();
  }

  close(): void {
    this.#editor?.destroy();
  }

  focus(): void {
    this.#editor?.focus();
  }

  /** Discard the undo history and scroll positions before different code is shown. */
  reset(): void {
    this.#editor?.reset();
  }

  /** Discard the undo history, but keep the code and the caret. */
  clearUndoHistory(): void {
    this.#editor?.clearUndoHistory();
  }

  content({ files, active, trusted }: Workspace): TemplateResult | HTMLElement {
    if (this.#editor !== null) return this.#editor.dom;
    return codeTemplate(files[active] ?? "", !trusted, INITIAL_COLORED_LINES);
  }

  show(workspace: Workspace): void {
    if (this.#editor === null || workspace.active === "") return;
    this.#editor.showWholeLines(!workspace.trusted);
    this.#editor.show(workspace.active, workspace.files);
    this.#editor.setProblems(workspace.problems);
    this.#editor.setMarks(marksOf(workspace));
  }

  /** Replace the text of a file, as an edit that the visitor can undo. */
  replaceText(file: string, text: string): void {
    const { files } = this.#store.workspace;
    this.#editor?.applyEdits({ [file]: [singleEdit(files[file] ?? "", text)] }, files);
    this.#store.send({ kind: "edited", file, text });
  }

  async format(): Promise<void> {
    try {
      await this.#editor?.format();
    } catch (error) {
      this.#notify(error instanceof Error ? error.message : String(error));
    }
  }

  /** Select a node and bring its function into view. */
  selectNode(name: string | null): void {
    this.#store.send({ kind: "node-selected", node: name, by: "visitor" });
    const location = this.#locationOf(name);
    if (location !== null) this.#reveal(location.file, location.line, false);
  }

  /** Move the caret to a node's function. */
  goToFunction(name: string): void {
    const location = this.#locationOf(name);
    if (location !== null) this.jump(location.file, location.line);
  }

  jump(file: string, line: number): void {
    this.#store.send({ kind: "view-chosen", view: "code" });
    this.#reveal(file, line, true);
  }

  #notify(message: string): void {
    this.#store.send({ kind: "notice-set", notice: { message, about: "code" } });
  }

  #locationOf(name: string | null): { file: string; line: number } | null {
    const node = this.#store.workspace.graph.nodes.find((node) => node.name === name);
    return node?.file && node.line !== null ? { file: node.file, line: node.line } : null;
  }

  #selectAt(file: string, line: number): void {
    const { graph, selected } = this.#store.workspace;
    const node = nodeAt(graph, file, line);
    if (node === undefined || node.name === selected) return;
    this.#store.send({ kind: "node-selected", node: node.name, by: "caret" });
  }

  #reveal(file: string, line: number, focus: boolean): void {
    const { workspace } = this.#store;
    if (!(file in workspace.files)) return;
    if (workspace.active !== file) this.#store.send({ kind: "file-chosen", file, view: workspace.view });
    this.#editor?.show(file, workspace.files);
    this.#editor?.reveal(line, { focus });
  }

  #rename({ from, to, files, edits }: NodeRename): void {
    this.#editor?.applyEdits(edits, this.#store.workspace.files);
    this.#store.send({ kind: "node-renamed", files, from, to });
  }
}

/** Return a mark for the first line of each function in the active file, with the state of the function. */
function marksOf({ graph, runs, active }: Workspace): FunctionMark[] {
  return graph.nodes.flatMap((node) => {
    if (node.file !== active || node.line === null || node.kind !== "function") return [];
    const state = getOwn(runs, node.name)?.state ?? "idle";
    return [{ line: node.line, state, label: `${node.name}: ${state}` }];
  });
}

/** A read-only diff in CodeMirror: side by side, or unified in a narrow pane. */

import { pythonLanguage } from "@codemirror/lang-python";
import { syntaxHighlighting } from "@codemirror/language";
import { goToNextChunk, goToPreviousChunk, MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tokenClasses } from "../editor/highlight.ts";
import { revealCharacters, wholeLines } from "../editor/reveal-characters.ts";
import { editorTheme } from "../editor/theme.ts";
import type { ComparedFile } from "./files.ts";

const COLLAPSED = { margin: 3, minSize: 6 };

export type DiffLayout = "split" | "unified";

export class CodeDiff {
  readonly dom = document.createElement("div");
  readonly #root: ShadowRoot;
  #shownKey = "";
  #view: MergeView | EditorView | null = null;

  constructor(root: ShadowRoot) {
    this.#root = root;
    this.dom.className = "code-diff";
  }

  /**
   * Show a file.
   *
   * @param showAll show all lines in full, because untrusted code should be read before it is allowed to run
   */
  show(file: ComparedFile, layout: DiffLayout, showAll: boolean): void {
    const key = JSON.stringify([file, layout, showAll]);
    if (key === this.#shownKey) return;
    this.#shownKey = key;
    this.#view?.destroy();
    this.#view = layout === "split" ? this.#splitView(file, showAll) : this.#unifiedView(file, showAll);
  }

  /** Scroll to the next or previous change; return false if there is none. */
  goToChange(direction: "next" | "previous"): boolean {
    const view = this.#view instanceof MergeView ? this.#view.b : this.#view;
    if (view === null) return false;
    return (direction === "next" ? goToNextChunk : goToPreviousChunk)(view);
  }

  destroy(): void {
    this.#view?.destroy();
    this.#view = null;
  }

  #splitView({ name, before, after }: ComparedFile, showAll: boolean): MergeView {
    return new MergeView({
      a: { doc: before ?? "", extensions: readOnlyExtensions(name, "Code before", showAll) },
      b: { doc: after ?? "", extensions: readOnlyExtensions(name, "Code after", showAll) },
      parent: this.dom,
      root: this.#root,
      ...(!showAll && { collapseUnchanged: COLLAPSED }),
    });
  }

  #unifiedView({ name, before, after }: ComparedFile, showAll: boolean): EditorView {
    const collapsed = showAll ? {} : { collapseUnchanged: COLLAPSED };
    const merged = unifiedMergeView({ original: before ?? "", mergeControls: false, ...collapsed });
    const extensions = [readOnlyExtensions(name, "Code after; old lines appear above each change", showAll), merged];
    return new EditorView({ doc: after ?? "", extensions, parent: this.dom, root: this.#root });
  }
}

function readOnlyExtensions(file: string, label: string, showAll: boolean): Extension {
  return [
    lineNumbers(),
    revealCharacters,
    showAll ? wholeLines : [],
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    keymap.of([
      { key: "F7", run: goToNextChunk },
      { key: "Shift-F7", run: goToPreviousChunk },
    ]),
    syntaxHighlighting(tokenClasses),
    editorTheme,
    file.endsWith(".py") ? pythonLanguage : [],
  ];
}

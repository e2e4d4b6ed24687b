/** Two texts side by side, or one below the other where there is no room: CodeMirror, which cannot be written in here. */

import { pythonLanguage } from "@codemirror/lang-python";
import { syntaxHighlighting } from "@codemirror/language";
import { goToNextChunk, goToPreviousChunk, MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tokenClasses } from "../editor/highlight.ts";
import { editorTheme } from "../editor/theme.ts";
import type { ComparedFile } from "./files.ts";

const COLLAPSED = { margin: 3, minSize: 6 };

export type Arrangement = "beside" | "below";

export class CodeDiff {
  readonly dom = document.createElement("div");
  readonly #root: ShadowRoot;
  #shown = "";
  #view: MergeView | EditorView | null = null;

  constructor(root: ShadowRoot) {
    this.#root = root;
    this.dom.className = "code-diff";
  }

  show(file: ComparedFile, arrangement: Arrangement): void {
    const key = JSON.stringify([file, arrangement]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#view?.destroy();
    this.#view = arrangement === "beside" ? this.#beside(file) : this.#below(file);
  }

  /** Brings the next change, or the one before, into view; false if there is none. */
  go(way: "next" | "previous"): boolean {
    const view = this.#view instanceof MergeView ? this.#view.b : this.#view;
    if (view === null) return false;
    return (way === "next" ? goToNextChunk : goToPreviousChunk)(view);
  }

  destroy(): void {
    this.#view?.destroy();
    this.#view = null;
  }

  #beside({ name, before, after }: ComparedFile): MergeView {
    return new MergeView({
      a: { doc: before ?? "", extensions: reading(name, "Code before") },
      b: { doc: after ?? "", extensions: reading(name, "Code after") },
      parent: this.dom,
      root: this.#root,
      collapseUnchanged: COLLAPSED,
    });
  }

  #below({ name, before, after }: ComparedFile): EditorView {
    const merged = unifiedMergeView({ original: before ?? "", mergeControls: false, collapseUnchanged: COLLAPSED });
    const extensions = [reading(name, "Code after, with what was before above it"), merged];
    return new EditorView({ doc: after ?? "", extensions, parent: this.dom, root: this.#root });
  }
}

function reading(file: string, label: string): Extension {
  return [
    lineNumbers(),
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

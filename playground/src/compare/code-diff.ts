/** Two texts side by side, or one below the other where there is no room: CodeMirror, which cannot be written in here. */

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

export type DiffLayout = "beside" | "below";

export class CodeDiff {
  readonly dom = document.createElement("div");
  readonly #root: ShadowRoot;
  #shown = "";
  #view: MergeView | EditorView | null = null;

  constructor(root: ShadowRoot) {
    this.#root = root;
    this.dom.className = "code-diff";
  }

  /** @param isWhole whether all lines are shown, each to its end: code that nobody has allowed to run is read first */
  show(file: ComparedFile, arrangement: DiffLayout, isWhole: boolean): void {
    const key = JSON.stringify([file, arrangement, isWhole]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#view?.destroy();
    this.#view = arrangement === "beside" ? this.#beside(file, isWhole) : this.#below(file, isWhole);
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

  #beside({ name, before, after }: ComparedFile, isWhole: boolean): MergeView {
    return new MergeView({
      a: { doc: before ?? "", extensions: reading(name, "Code before", isWhole) },
      b: { doc: after ?? "", extensions: reading(name, "Code after", isWhole) },
      parent: this.dom,
      root: this.#root,
      ...(!isWhole && { collapseUnchanged: COLLAPSED }),
    });
  }

  #below({ name, before, after }: ComparedFile, isWhole: boolean): EditorView {
    const collapsed = isWhole ? {} : { collapseUnchanged: COLLAPSED };
    const merged = unifiedMergeView({ original: before ?? "", mergeControls: false, ...collapsed });
    const extensions = [reading(name, "Code after, with what was before above it", isWhole), merged];
    return new EditorView({ doc: after ?? "", extensions, parent: this.dom, root: this.#root });
  }
}

function reading(file: string, label: string, isWhole: boolean): Extension {
  return [
    lineNumbers(),
    revealCharacters,
    isWhole ? wholeLines : [],
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

/** CodeMirror with what this editor needs: a document a file, problems as marks, and the state of each function beside it. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Files, ProblemView } from "../protocol.ts";
import { diagnosticsOf } from "./diagnostics.ts";
import { tokenClasses } from "./highlight.ts";
import { type FunctionMark, functionMarks, setFunctionMarks } from "./marks.ts";
import { editorTheme } from "./theme.ts";

export interface CodeEditorEvents {
  onEdit(file: string, text: string): void;
  onCaret(file: string, line: number): void;
  onRun(): void;
}

export class CodeEditor {
  readonly #view: EditorView;
  readonly #events: CodeEditorEvents;
  /** The state of each file that is not in front, its history and selection included. */
  readonly #asleep = new Map<string, EditorState>();
  #file = "";
  /** What the document in front is marked with, so that a rendering that changes nothing of it does nothing. */
  #problems: readonly ProblemView[] | null = null;
  #marks = "";
  /** True while the document changes because a file was opened, and not because the visitor typed. */
  #adopting = false;

  constructor(root: ShadowRoot, events: CodeEditorEvents) {
    this.#events = events;
    this.#view = new EditorView({ root, state: this.#stateOf("", "") });
  }

  get dom(): HTMLElement {
    return this.#view.dom;
  }

  get file(): string {
    return this.#file;
  }

  focus(): void {
    this.#view.focus();
  }

  /** Forgets all documents: another dataflow is shown from now on. */
  reset(): void {
    this.#asleep.clear();
    this.#file = "";
  }

  /** Puts a file in front. Text that came from elsewhere than this editor replaces what it held. */
  show(file: string, files: Files): void {
    const text = files[file] ?? "";
    if (file !== this.#file) {
      if (this.#file !== "") this.#asleep.set(this.#file, this.#view.state);
      this.#file = file;
      this.#adopt(this.#asleep.get(file) ?? this.#stateOf(file, text));
    }
    if (this.#view.state.doc.toString() !== text) this.#adopt(this.#stateOf(file, text));
  }

  setProblems(problems: readonly ProblemView[]): void {
    if (problems === this.#problems) return;
    this.#problems = problems;
    const diagnostics = diagnosticsOf(this.#view.state.doc, this.#file, problems);
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  setMarks(marks: readonly FunctionMark[]): void {
    const key = JSON.stringify(marks);
    if (key === this.#marks) return;
    this.#marks = key;
    this.#view.dispatch({ effects: setFunctionMarks.of(marks) });
  }

  /** Brings a line into view and puts the caret there. */
  reveal(line: number, { focus }: { focus: boolean }): void {
    const { doc } = this.#view.state;
    const position = doc.line(Math.min(Math.max(line, 1), doc.lines)).from;
    this.#adopting = true;
    this.#view.dispatch({
      selection: { anchor: position },
      effects: EditorView.scrollIntoView(position, { y: "center" }),
    });
    this.#adopting = false;
    if (focus) this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  #adopt(state: EditorState): void {
    this.#adopting = true;
    this.#view.setState(state);
    this.#problems = null;
    this.#marks = "";
    this.#adopting = false;
  }

  #stateOf(file: string, text: string): EditorState {
    return EditorState.create({ doc: text, extensions: [...this.#extensions(), ...languageOf(file)] });
  }

  #extensions(): Extension[] {
    const run = (): boolean => {
      this.#events.onRun();
      return true;
    };
    return [
      lineNumbers(),
      functionMarks(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of("    "),
      bracketMatching(),
      closeBrackets(),
      autocompletion(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      search({ top: true }),
      syntaxHighlighting(tokenClasses),
      editorTheme,
      keymap.of([
        { key: "Mod-Enter", run, preventDefault: true },
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...completionKeymap,
        ...lintKeymap,
        indentWithTab, // Esc, then Tab, leaves the editor: CodeMirror sees to that
      ]),
      EditorView.contentAttributes.of({ "aria-label": "Code", spellcheck: "false", tabindex: "0" }),
      EditorView.updateListener.of((update) => {
        if (this.#adopting) return;
        if (update.docChanged) this.#events.onEdit(this.#file, update.state.doc.toString());
        if (update.selectionSet || update.docChanged) {
          this.#events.onCaret(this.#file, update.state.doc.lineAt(update.state.selection.main.head).number);
        }
      }),
    ];
  }
}

function languageOf(file: string): Extension[] {
  return file.endsWith(".py") ? [python()] : [];
}

/** CodeMirror with what this editor needs: a document a file, problems as marks, and the state of each function beside it. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
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
  tooltips,
} from "@codemirror/view";
import type { Files, ProblemView } from "../protocol.ts";
import { nodeCompletion } from "./completion.ts";
import type { Place } from "./definitions.ts";
import { diagnosticsOf } from "./diagnostics.ts";
import { fixKeys } from "./fixing.ts";
import { floating } from "./floating.ts";
import { loadFormatter } from "./formatting.ts";
import { tokenClasses } from "./highlight.ts";
import { descriptionKeys, descriptionOnHover, openOnClick } from "./hover.ts";
import { type FunctionMark, functionMarks, setFunctionMarks } from "./marks.ts";
import type { Surroundings } from "./names.ts";
import { pythonCompletion } from "./python-completion.ts";
import type { Edit } from "./rename.ts";
import { type RenameHost, renameKeys } from "./rename-box.ts";
import { editorTheme } from "./theme.ts";
import { userKeys } from "./users.ts";

export interface CodeEditorEvents extends RenameHost {
  onEdit(file: string, text: string): void;
  onCaret(file: string, line: number): void;
  onRun(): void;
  onFormat(): void;
  /** The dataflow that the file is a part of, as it is now. */
  around(): Surroundings;
  /** What the page can do about a problem that no edit mends. */
  fix(problem: ProblemView): { name: string; apply: () => void } | null;
  /** The visitor wants to see where a node is made or read. */
  onPlace(place: Place): void;
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
  /** True while the document changes because the page changed it, and not because the visitor typed. */
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
    const diagnostics = diagnosticsOf(this.#view.state.doc, this.#file, problems, this.#events);
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  setMarks(marks: readonly FunctionMark[]): void {
    const key = JSON.stringify(marks);
    if (key === this.#marks) return;
    this.#marks = key;
    this.#view.dispatch({ effects: setFunctionMarks.of(marks) });
  }

  /** Changes several files at once; in each of them it is one step, which can be undone there. */
  rewrite(edits: Readonly<Record<string, readonly Edit[]>>, files: Files): void {
    for (const [file, changes] of Object.entries(edits)) {
      const spec = { changes: [...changes], annotations: isolateHistory.of("full") };
      if (file === this.#file) this.#silently(() => this.#view.dispatch(spec));
      else {
        const asleep = this.#asleep.get(file) ?? this.#stateOf(file, files[file] ?? "");
        this.#asleep.set(file, asleep.update(spec).state);
      }
    }
  }

  /**
   * Formats the module in front.
   *
   * @throws Unformattable with the reason
   */
  async format(): Promise<void> {
    const file = this.#file;
    const format = await loadFormatter();
    if (this.#file === file) format(this.#view, file); // another file may have come to the front meanwhile
  }

  /** Brings a line into view and puts the caret there. */
  reveal(line: number, { focus }: { focus: boolean }): void {
    const { doc } = this.#view.state;
    const position = doc.line(Math.min(Math.max(line, 1), doc.lines)).from;
    this.#silently(() =>
      this.#view.dispatch({
        selection: { anchor: position },
        effects: EditorView.scrollIntoView(position, { y: "center" }),
      }),
    );
    if (focus) this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  #adopt(state: EditorState): void {
    this.#silently(() => this.#view.setState(state));
    this.#problems = null;
    this.#marks = "";
  }

  #silently(change: () => void): void {
    this.#adopting = true;
    change();
    this.#adopting = false;
  }

  #stateOf(file: string, text: string): EditorState {
    return EditorState.create({ doc: text, extensions: [...this.#extensions(), ...this.#pythonOf(file)] });
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

  /** What only Python code has: names that mean nodes. */
  #pythonOf(file: string): Extension[] {
    if (!file.endsWith(".py")) return [];
    const around = (): Surroundings => this.#events.around();
    const open = (place: Place): void => this.#events.onPlace(place);
    const format = (): boolean => {
      this.#events.onFormat();
      return true;
    };
    const nodes = nodeCompletion(() => file, around);
    return [
      pythonLanguage,
      autocompletion({ override: [nodes, ...pythonCompletion], filterStrict: true, icons: false }),
      floating(),
      tooltips({ tooltipSpace: (view) => view.dom.getBoundingClientRect() }), // what leaves the pane is cut off
      descriptionOnHover(around),
      openOnClick(around, open),
      keymap.of([{ key: "Shift-Alt-f", run: format, preventDefault: true }]),
      keymap.of([...descriptionKeys(around, open), ...userKeys(around, open), ...renameKeys(this.#events), ...fixKeys]),
    ];
  }
}

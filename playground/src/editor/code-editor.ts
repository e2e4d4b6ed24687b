/** CodeMirror with one document per file, problem marks, and the state of each function in the gutter. */

import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, LRLanguage, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  type ViewUpdate,
} from "@codemirror/view";
import { parser } from "@lezer/python";
import { nextIdle, pause } from "../idle.ts";
import { PAGE_HEADER_HEIGHT } from "../page-header.ts";
import type { Files, ProblemView } from "../protocol.ts";
import type { AssistanceHost, CompletionHost } from "./assistance.ts";
import type { Edit } from "./edit.ts";
import { loadFormatter } from "./formatting.ts";
import { tokenClasses } from "./highlight.ts";
import { leftEdge } from "./left-edge.ts";
import { type FunctionMark, functionMarks, setFunctionMarks } from "./marks.ts";
import { revealCharacters, wholeLines } from "./reveal-characters.ts";
import { tabPassage } from "./tab-passage.ts";
import { editorTheme } from "./theme.ts";

/**
 * The editing aids are loaded after this time even if the visitor does not touch the editor. The page has more urgent files to
 * load first.
 */
const ASSISTANCE_DELAY_MILLISECONDS = 1_000;

/** The parser alone is enough for highlighting. The editing aids add the indentation rules. */
const readablePython = LRLanguage.define({ name: "python", parser });

type Assistance = typeof import("./assistance.ts");

export interface CodeEditorEvents extends AssistanceHost {
  /** Called after an edit by the visitor. `replacesAll` is true if the edit replaced the whole text. */
  onEdit(file: string, text: string, replacesAll: boolean): void;
  onCaret(file: string, line: number): void;
  onRun(): void;
  /** Load the part of the page that completes code from values. */
  loadCompletion(): Promise<CompletionHost>;
  /** Called if the editing aids cannot be loaded. */
  onAssistanceFailed(): void;
}

export class CodeEditor {
  readonly #view: EditorView;
  readonly #events: CodeEditorEvents;
  /** The editor state of each inactive file, with its history and selection. */
  readonly #inactive = new Map<string, EditorState>();
  #file = "";
  /** Null until the editing aids are loaded. */
  #assistance: Assistance | null = null;
  #completion: CompletionHost | null = null;
  #assistanceLoading: Promise<void> | null = null;
  readonly #assistanceSlot = new Compartment();
  readonly #wholeLinesSlot = new Compartment();
  #showsWholeLines = false;
  #problems: readonly ProblemView[] = [];
  /** The problems marked in the active document. Used to skip marking the same problems again. */
  #shownProblems: readonly ProblemView[] | null = null;
  #marks = "";
  /** True while the page, not the visitor, changes the document. */
  #isProgrammatic = false;

  constructor(root: ShadowRoot, events: CodeEditorEvents) {
    this.#events = events;
    this.#view = new EditorView({ root, state: this.#stateOf("", "") });
    for (const eventName of ["focusin", "pointerenter"])
      this.dom.addEventListener(eventName, () => void this.#loadAssistance());
    void pause(ASSISTANCE_DELAY_MILLISECONDS)
      .then(nextIdle)
      .then(() => this.#loadAssistance());
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

  /** Discard all documents, because another dataflow is shown. */
  reset(): void {
    this.#inactive.clear();
    this.#file = "";
  }

  /** Discard the undo history of all documents. */
  clearUndoHistory(): void {
    this.#inactive.clear();
    const { doc, selection } = this.#view.state;
    this.#setState(this.#stateOf(this.#file, doc.toString()).update({ selection }).state);
    this.#markProblems();
  }

  /** Show a file. If the text changed outside the editor, the new text replaces the document. */
  show(file: string, files: Files): void {
    const text = files[file] ?? "";
    if (file !== this.#file) {
      if (this.#file !== "") this.#inactive.set(this.#file, this.#view.state);
      this.#file = file;
      this.#setState(this.#inactive.get(file) ?? this.#stateOf(file, text));
    }
    if (this.#view.state.doc.toString() !== normalizeLineEndings(text)) this.#setState(this.#stateOf(file, text));
  }

  /** Set whether to wrap lines and replace long gaps with labels, so that every line is entirely visible. */
  showWholeLines(shows: boolean): void {
    if (shows === this.#showsWholeLines) return;
    this.#showsWholeLines = shows;
    const change = { effects: this.#wholeLinesSlot.reconfigure(this.#lineExtensions) };
    for (const [file, state] of this.#inactive) this.#inactive.set(file, state.update(change).state);
    this.#view.dispatch(change);
  }

  setProblems(problems: readonly ProblemView[]): void {
    // Only new problems load the editing aids. If loading fails, rendering the notice about the failure calls this method
    // again.
    if (problems !== this.#problems && problems.length > 0) void this.#loadAssistance();
    this.#problems = problems;
    this.#markProblems();
  }

  setMarks(marks: readonly FunctionMark[]): void {
    const key = JSON.stringify(marks);
    if (key === this.#marks) return;
    this.#marks = key;
    this.#view.dispatch({ effects: setFunctionMarks.of(marks) });
  }

  /** Change several files at once. Each file gets one undo step. */
  applyEdits(edits: Readonly<Record<string, readonly Edit[]>>, files: Files): void {
    for (const [file, changes] of Object.entries(edits)) {
      const spec = { changes: [...changes], annotations: isolateHistory.of("full") };
      if (file === this.#file) this.#silently(() => this.#view.dispatch(spec));
      else {
        const state = this.#inactive.get(file) ?? this.#stateOf(file, files[file] ?? "");
        this.#inactive.set(file, state.update(spec).state);
      }
    }
  }

  /**
   * Format the active module.
   *
   * @throws FormatError with the reason
   */
  async format(): Promise<void> {
    const file = this.#file;
    const format = await loadFormatter();
    if (this.#file === file) format(this.#view, file); // the active file may have changed in the meantime
  }

  /** Scroll to a line and put the caret there. */
  reveal(line: number, { focus }: { focus: boolean }): void {
    const { doc } = this.#view.state;
    const position = doc.line(Math.min(Math.max(line, 1), doc.lines)).from;
    this.#silently(() =>
      this.#view.dispatch({
        selection: { anchor: position },
        effects: EditorView.scrollIntoView(position, { y: "center", yMargin: PAGE_HEADER_HEIGHT }),
      }),
    );
    if (focus) this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  #setState(state: EditorState): void {
    this.#silently(() => this.#view.setState(state));
    this.#shownProblems = null;
    this.#marks = "";
  }

  #markProblems(): void {
    if (this.#assistance === null || this.#problems === this.#shownProblems) return;
    this.#shownProblems = this.#problems;
    this.#view.dispatch(this.#assistance.diagnosticsUpdate(this.#view.state, this.#file, this.#problems, this.#events));
  }

  /** Load the editing aids and enable them in all documents. */
  #loadAssistance(): Promise<void> {
    this.#assistanceLoading ??= Promise.all([import("./assistance.ts"), this.#events.loadCompletion()]).then(
      ([assistance, completion]) => this.#enableAssistance(assistance, completion),
      () => {
        this.#assistanceLoading = null; // the next use tries again
        this.#events.onAssistanceFailed();
      },
    );
    return this.#assistanceLoading;
  }

  #enableAssistance(assistance: Assistance, completion: CompletionHost): void {
    this.#assistance = assistance;
    this.#completion = completion;
    const reconfigure = (file: string) => ({ effects: this.#assistanceSlot.reconfigure(this.#assistanceFor(file)) });
    for (const [file, state] of this.#inactive) this.#inactive.set(file, state.update(reconfigure(file)).state);
    this.#view.dispatch(reconfigure(this.#file));
    this.#markProblems();
  }

  #assistanceFor(file: string): Extension {
    if (this.#assistance !== null && this.#completion !== null)
      return this.#assistance.assistance(file, this.#events, this.#completion);
    return file.endsWith(".py") ? readablePython : [];
  }

  get #lineExtensions(): Extension {
    return this.#showsWholeLines ? wholeLines : [];
  }

  #silently(change: () => void): void {
    this.#isProgrammatic = true;
    change();
    this.#isProgrammatic = false;
  }

  #stateOf(file: string, text: string): EditorState {
    const assistance = this.#assistanceSlot.of(this.#assistanceFor(file));
    return EditorState.create({ doc: text, extensions: [assistance, this.#extensions()] });
  }

  #extensions(): Extension[] {
    const run = (): boolean => {
      this.#events.onRun();
      return true;
    };
    return [
      lineNumbers(),
      revealCharacters,
      this.#wholeLinesSlot.of(this.#lineExtensions),
      functionMarks(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of("    "),
      bracketMatching(),
      highlightActiveLine(),
      syntaxHighlighting(tokenClasses),
      editorTheme,
      leftEdge,
      tabPassage(),
      keymap.of([
        { key: "Mod-Enter", run, preventDefault: true },
        ...defaultKeymap,
        ...historyKeymap,
        indentWithTab, // pressing Esc and then Tab still leaves the editor
      ]),
      EditorView.contentAttributes.of({
        "aria-label": "Code",
        "aria-description":
          "Press Escape and then Tab to leave the editor. If suggestions are open, the first Escape only closes them. Once you have pressed any other key, Tab indents the code.",
        spellcheck: "false",
        tabindex: "0",
      }),
      EditorView.updateListener.of((update) => {
        if (this.#isProgrammatic) return;
        if (update.docChanged) {
          this.#events.onEdit(this.#file, update.state.doc.toString(), isReplacement(update));
        }
        if (update.selectionSet || update.docChanged) {
          this.#events.onCaret(this.#file, update.state.doc.lineAt(update.state.selection.main.head).number);
        }
      }),
    ];
  }
}

/** Return whether pasted or typed text replaced the whole document. */
function isReplacement({ changes, startState, transactions }: ViewUpdate): boolean {
  if (startState.doc.length === 0 || !transactions.some((transaction) => transaction.isUserEvent("input")))
    return false;
  let isWhole = false;
  changes.iterChanges((from, to, _, end) => {
    isWhole = from === 0 && to === startState.doc.length && end > 0;
  });
  return isWhole;
}

/** Normalize line endings, as CodeMirror does. */
function normalizeLineEndings(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

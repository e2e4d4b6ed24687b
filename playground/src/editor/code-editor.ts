/** CodeMirror with what this editor needs: a document a file, problems as marks, and the state of each function beside it. */

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
import type { Files, ProblemView } from "../protocol.ts";
import type { AssistanceHost } from "./assistance.ts";
import type { Edit } from "./edit.ts";
import { loadFormatter } from "./formatting.ts";
import { tokenClasses } from "./highlight.ts";
import { type FunctionMark, functionMarks, setFunctionMarks } from "./marks.ts";
import { revealCharacters, wholeLines } from "./reveal-characters.ts";
import { editorTheme } from "./theme.ts";

/** Who neither points at the code nor types in it has no use for assistance yet, and the page has other things to load. */
const ASSISTANCE_DELAY_MILLISECONDS = 1_000;

/** Enough for colours; what is known of indentation comes with assistance. */
const readablePython = LRLanguage.define({ name: "python", parser });

type Assistance = typeof import("./assistance.ts");

export interface CodeEditorEvents extends AssistanceHost {
  /** `whole` where other text took the place of all that was there. */
  onEdit(file: string, text: string, replacesAll: boolean): void;
  onCaret(file: string, line: number): void;
  onRun(): void;
  /** What helps with writing could not be loaded. */
  onAssistanceFailed(): void;
}

export class CodeEditor {
  readonly #view: EditorView;
  readonly #events: CodeEditorEvents;
  /** The state of each file that is not in front, its history and selection included. */
  readonly #inactive = new Map<string, EditorState>();
  #file = "";
  /** Null until it has been loaded. */
  #assistance: Assistance | null = null;
  #assistanceLoading: Promise<void> | null = null;
  readonly #assistanceSlot = new Compartment();
  readonly #wholeLinesSlot = new Compartment();
  #showsWholeLines = false;
  #problems: readonly ProblemView[] = [];
  /** What the document in front is marked with, so that a rendering that changes nothing of it does nothing. */
  #shownProblems: readonly ProblemView[] | null = null;
  #marks = "";
  /** True while the document changes because the page changed it, and not because the visitor typed. */
  #isProgrammatic = false;

  constructor(root: ShadowRoot, events: CodeEditorEvents) {
    this.#events = events;
    this.#view = new EditorView({ root, state: this.#stateOf("", "") });
    for (const sign of ["focusin", "pointerenter"]) this.dom.addEventListener(sign, () => void this.#loadAssistance());
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

  /** Forgets all documents: another dataflow is shown from now on. */
  reset(): void {
    this.#inactive.clear();
    this.#file = "";
  }

  /** Makes all changes up to now final. */
  forgetUndo(): void {
    this.#inactive.clear();
    const { doc, selection } = this.#view.state;
    this.#setState(this.#stateOf(this.#file, doc.toString()).update({ selection }).state);
    this.#markProblems();
  }

  /** Puts a file in front. Text that came from elsewhere than this editor replaces what it held. */
  show(file: string, files: Files): void {
    const text = files[file] ?? "";
    if (file !== this.#file) {
      if (this.#file !== "") this.#inactive.set(this.#file, this.#view.state);
      this.#file = file;
      this.#setState(this.#inactive.get(file) ?? this.#stateOf(file, text));
    }
    if (this.#view.state.doc.toString() !== normalizeLineEnds(text)) this.#setState(this.#stateOf(file, text));
  }

  /** @param shows whether each line is shown to its end, wrapped, and long gaps in it as labels */
  showWholeLines(shows: boolean): void {
    if (shows === this.#showsWholeLines) return;
    this.#showsWholeLines = shows;
    const change = { effects: this.#wholeLinesSlot.reconfigure(this.#lineExtensions) };
    for (const [file, state] of this.#inactive) this.#inactive.set(file, state.update(change).state);
    this.#view.dispatch(change);
  }

  setProblems(problems: readonly ProblemView[]): void {
    // Only new ones are a sign of use: that nothing could be loaded is shown, and what is shown is rendered anew.
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

  /** Changes several files at once; in each of them it is one step, which can be undone there. */
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

  /** Has assistance loaded, and given to all documents that there are. */
  #loadAssistance(): Promise<void> {
    this.#assistanceLoading ??= import("./assistance.ts").then(
      (assistance) => this.#enableAssistance(assistance),
      () => {
        this.#assistanceLoading = null; // the next sign of use tries again
        this.#events.onAssistanceFailed();
      },
    );
    return this.#assistanceLoading;
  }

  #enableAssistance(assistance: Assistance): void {
    this.#assistance = assistance;
    const reconfigure = (file: string) => ({ effects: this.#assistanceSlot.reconfigure(this.#assistanceFor(file)) });
    for (const [file, state] of this.#inactive) this.#inactive.set(file, state.update(reconfigure(file)).state);
    this.#view.dispatch(reconfigure(this.#file));
    this.#markProblems();
  }

  #assistanceFor(file: string): Extension {
    if (this.#assistance !== null) return this.#assistance.assistance(file, this.#events);
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
      keymap.of([
        { key: "Mod-Enter", run, preventDefault: true },
        ...defaultKeymap,
        ...historyKeymap,
        indentWithTab, // Esc, then Tab, leaves the editor: CodeMirror sees to that
      ]),
      EditorView.contentAttributes.of({
        "aria-label": "Code",
        "aria-description": "Tab indents. To leave the editor, press Escape and then Tab.",
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

/** Whether a text was pasted or typed over all that was there. */
function isReplacement({ changes, startState, transactions }: ViewUpdate): boolean {
  if (startState.doc.length === 0 || !transactions.some((transaction) => transaction.isUserEvent("input")))
    return false;
  let isWhole = false;
  changes.iterChanges((from, to, _, end) => {
    isWhole = from === 0 && to === startState.doc.length && end > 0;
  });
  return isWhole;
}

/** As CodeMirror has a text, which counts every end of a line as one. */
function normalizeLineEnds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

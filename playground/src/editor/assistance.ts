/**
 * Editing aids: completion, descriptions, renaming, search, and problem marks with fixes. Code can be read and typed without
 * them, so they are a separate bundle that is loaded when needed.
 */

import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { pythonLanguage } from "@codemirror/lang-python";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { type EditorState, type Extension, Prec, type TransactionSpec } from "@codemirror/state";
import { EditorView, keymap, tooltips } from "@codemirror/view";
import type { ProblemView } from "../protocol.ts";
import { type AttributeHost, attributeCompletion } from "./attribute-completion.ts";
import { nodeCompletion } from "./completion.ts";
import { dedentAfterFinalStatement } from "./dedent.ts";
import type { SourceLocation } from "./definitions.ts";
import { diagnosticsOf } from "./diagnostics.ts";
import { type FixHost, fixKeys } from "./fix-actions.ts";
import { floatingBox } from "./floating-box.ts";
import { descriptionAt, descriptionKeys, descriptionOnHover, openOnClick } from "./hover.ts";
import { infoPosition } from "./info-position.ts";
import { type KeyHost, keyCompletion } from "./key-completion.ts";
import type { EditorContext } from "./names.ts";
import { pythonCompletion } from "./python-completion.ts";
import { quoteSteps } from "./quote-steps.ts";
import { type RenameHost, renameKeys } from "./rename-box.ts";
import { boxSpace, touchBox } from "./touch-box.ts";
import { touchTools } from "./touch-tools.ts";
import { usageKeys } from "./usages.ts";

/** The delay after a keystroke, which coalesces bursts of input such as autocorrection. */
const COMPLETION_DELAY_MILLISECONDS = 5;

export type CompletionHost = KeyHost & AttributeHost;

export interface AssistanceHost extends RenameHost, FixHost {
  onFormat(): void;
  /** Called when the visitor asks where a node is defined or used. */
  onOpenLocation(location: SourceLocation): void;
}

/** Return the editing aids for a file. */
export function assistance(file: string, host: AssistanceHost, completion: CompletionHost): Extension {
  return [
    EditorView.editorAttributes.of({ class: "assisted" }),
    quoteSteps(),
    closeBrackets(),
    highlightSelectionMatches(),
    search({ top: true }),
    keymap.of([...closeBracketsKeymap, ...searchKeymap, ...lintKeymap]),
    file.endsWith(".py") ? assistanceWithPython(file, host, completion) : [],
  ];
}

/** Return the transaction that replaces the problem marks in a document. */
export function diagnosticsUpdate(
  state: EditorState,
  file: string,
  problems: readonly ProblemView[],
  fixers: FixHost,
): TransactionSpec {
  return setDiagnostics(state, diagnosticsOf(state.doc, file, problems, fixers));
}

/** Return the extension for a module: indentation, formatting, completion, and descriptions and renaming of nodes. */
function assistanceWithPython(file: string, host: AssistanceHost, completion: CompletionHost): Extension {
  const context = (): EditorContext => host.context();
  const open = (location: SourceLocation): void => host.onOpenLocation(location);
  const format = (): boolean => {
    host.onFormat();
    return true;
  };
  const nodes = nodeCompletion(() => file, context);
  return [
    pythonLanguage,
    dedentAfterFinalStatement,
    autocompletion({
      override: [keyCompletion(completion), attributeCompletion(file, completion), nodes, ...pythonCompletion(nodes)],
      activateOnTypingDelay: COMPLETION_DELAY_MILLISECONDS,
      filterStrict: true,
      icons: false,
      positionInfo: (view, list, option, info, space) => {
        const caret = view.coordsAtPos(view.state.selection.main.head) ?? list;
        return infoPosition(list, option, info, caret, space);
      },
    }),
    Prec.high(keymap.of([{ key: "Tab", run: acceptCompletion }])),
    floatingBox(),
    tooltips({ tooltipSpace: boxSpace }), // the pane clips content at its edge
    descriptionOnHover(context),
    touchBox((view, position) => descriptionAt(view, position, context)),
    openOnClick(context, open),
    touchTools(),
    keymap.of([{ key: "Shift-Alt-f", run: format, preventDefault: true }]),
    keymap.of([...descriptionKeys(context, open), ...usageKeys(context, open), ...renameKeys(host), ...fixKeys]),
  ];
}

/**
 * Unobtrusive completion of Python's names: it offers only names that begin with the typed text, and no names where the code
 * defines a new name.
 */

import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { globalCompletion, localCompletionSource } from "@codemirror/lang-python";
import { syntaxTree } from "@codemirror/language";
import { isBound } from "./scopes.ts";

type NodeSource = (context: CompletionContext) => CompletionResult | null;

/** With fewer letters, too many names match. */
const MIN_LETTERS = 2;

/** Return the sources of Python's names. A name that `nodes` offers is not offered again. */
export function pythonCompletion(nodes: NodeSource): readonly CompletionSource[] {
  return [onlyNew(localCompletionSource, nodes), onlyNew(globalCompletion, nodes)];
}

/** Return whether to offer a name. A complete word is never offered, so that Enter inserts a line break. */
export function fits(option: Completion, typed: string): boolean {
  return option.label.startsWith(typed) && option.label !== typed && !option.label.startsWith("__");
}

function onlyNew(source: CompletionSource, nodes: NodeSource): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const inner = syntaxTree(context.state).resolveInner(context.pos, -1);
    if (inner.name === "VariableName" ? isBound(inner) : !context.explicit) return null;
    const result = await source(context);
    if (result === null) return null;
    const typed = context.state.sliceDoc(result.from, context.pos);
    if (!context.explicit && (typed.length < MIN_LETTERS || isComplete(typed, result))) return null;
    const offered = nodes(context)?.options ?? [];
    const options = unique(
      result.options.filter((option) => fits(option, typed)),
      offered.map(({ label }) => label),
    );
    // Without `validFor`, CodeMirror asks again after each additional letter, so the comparison stays case-sensitive.
    return options.length === 0 ? null : { from: result.from, options };
  };
}

/** Return whether a name has been typed completely, so that Enter inserts a line break even if a longer name starts with it. */
function isComplete(typed: string, { options }: CompletionResult): boolean {
  return options.some(({ label }) => label === typed);
}

/** Return one option per name, without the excluded names. A parameter hides a function with the same name. */
function unique(options: readonly Completion[], excluded: readonly string[]): Completion[] {
  const seen = new Set(excluded);
  return options.filter(({ label }) => !seen.has(label) && seen.add(label));
}

/** Python's own names, held back: only those that begin with what was typed, and none where a new name is being made. */

import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { globalCompletion, localCompletionSource } from "@codemirror/lang-python";
import { syntaxTree } from "@codemirror/language";
import { isBound } from "./scopes.ts";

/** Fewer typed letters fit too many names for a guess to be of use. */
const MIN_LETTERS = 2;

export const pythonCompletion: readonly CompletionSource[] = [
  onlyMatching(localCompletionSource),
  onlyMatching(globalCompletion),
];

/** Enter right behind a whole word has to make a new line, so that a word is never offered something in its place. */
export function fits(option: Completion, typed: string): boolean {
  return option.label.startsWith(typed) && option.label !== typed && !option.label.startsWith("__");
}

function onlyMatching(source: CompletionSource): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const inner = syntaxTree(context.state).resolveInner(context.pos, -1);
    if (inner.name === "VariableName" ? isBound(inner) : !context.explicit) return null;
    const result = await source(context);
    if (result === null) return null;
    const typed = context.state.sliceDoc(result.from, context.pos);
    if (!context.explicit && typed.length < MIN_LETTERS) return null;
    const options = result.options.filter((option) => fits(option, typed));
    // Not valid for longer: each further letter is compared anew, its case included.
    return options.length === 0 ? null : { from: result.from, options };
  };
}

/** Completion at the caret of the selector box. */

import type { GraphView } from "../protocol.ts";
import { wordsOf } from "../selection/selector.ts";

export interface Completion {
  /** The range of the text that an option replaces. */
  from: number;
  to: number;
  options: string[];
  /** Whether the range already contains a full name, tag or module. */
  isComplete: boolean;
}

const MAX_OPTIONS = 8;
/** Matches the word before the caret, without a prefix such as `2+`, which completion keeps. */
const WORD_BEFORE = /(?:^|[\s,&])(?:\d*\+)?([^\s,&+]*)$/;
const WORD_AFTER = /^[^\s,&+]*/;

export function completionAt(graph: GraphView, text: string, caret: number): Completion {
  const typed = WORD_BEFORE.exec(text.slice(0, caret))?.[1] ?? "";
  const [from, to] = [caret - typed.length, caret + (WORD_AFTER.exec(text.slice(caret))?.[0].length ?? 0)];
  if (typed === "") return { from, to, options: [], isComplete: false };
  const query = typed.toLowerCase();
  const words = [
    ...wordsOf(graph, "name").map((name) => ["", name] as const),
    ...wordsOf(graph, "tag").map((tag) => ["tag:", tag] as const),
    ...wordsOf(graph, "module").map((module) => ["module:", module] as const),
  ].filter(([, word]) => !/[\s,&+]/.test(word));
  const unfinished = words.filter(([method, word]) => method + word !== typed);
  const startsWith = ([method, word]: readonly [string, string]): boolean =>
    (method + word).toLowerCase().startsWith(query);
  const contains = ([, word]: readonly [string, string]): boolean => word.toLowerCase().includes(query);
  const matches = [
    ...unfinished.filter(startsWith),
    ...unfinished.filter((word) => !startsWith(word) && contains(word)),
  ];
  const options = matches.slice(0, MAX_OPTIONS).map(([method, word]) => method + word);
  return { from, to, options, isComplete: unfinished.length < words.length };
}

/** Insert an option, and return the text and the new position of the caret. */
export function applyCompletion(
  text: string,
  { from, to }: Completion,
  option: string,
): { text: string; caret: number } {
  return { text: text.slice(0, from) + option + text.slice(to), caret: from + option.length };
}

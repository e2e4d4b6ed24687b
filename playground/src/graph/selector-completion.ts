/** What may stand where the caret of the selector box is. */

import type { GraphView } from "../protocol.ts";
import { wordsOf } from "../selection/selector.ts";

export interface Completion {
  /** The part of the text that an option takes the place of. */
  from: number;
  to: number;
  options: string[];
  /** True where that part is a whole name, tag or module already, so that it needs no option. */
  isComplete: boolean;
}

const MOST = 8;
/** `2+` before a name belongs to it, and stays. */
const WORD_BEFORE = /(?:^|[\s,&])(?:\d*\+)?([^\s,&+]*)$/;
const WORD_AFTER = /^[^\s,&+]*/;

export function completionAt(graph: GraphView, text: string, caret: number): Completion {
  const typed = WORD_BEFORE.exec(text.slice(0, caret))?.[1] ?? "";
  const [from, to] = [caret - typed.length, caret + (WORD_AFTER.exec(text.slice(caret))?.[0].length ?? 0)];
  if (typed === "") return { from, to, options: [], isComplete: false };
  const sought = typed.toLowerCase();
  const words = [
    ...wordsOf(graph, "name").map((name) => ["", name] as const),
    ...wordsOf(graph, "tag").map((tag) => ["tag:", tag] as const),
    ...wordsOf(graph, "module").map((module) => ["module:", module] as const),
  ].filter(([, word]) => !/[\s,&+]/.test(word));
  const others = words.filter(([method, word]) => method + word !== typed);
  const begins = ([method, word]: readonly [string, string]): boolean =>
    (method + word).toLowerCase().startsWith(sought);
  const holds = ([, word]: readonly [string, string]): boolean => word.toLowerCase().includes(sought);
  const fitting = [...others.filter(begins), ...others.filter((word) => !begins(word) && holds(word))];
  const options = fitting.slice(0, MOST).map(([method, word]) => method + word);
  return { from, to, options, isComplete: others.length < words.length };
}

/** The text with an option in it, and where the caret stands then. */
export function applyCompletion(
  text: string,
  { from, to }: Completion,
  option: string,
): { text: string; caret: number } {
  return { text: text.slice(0, from) + option + text.slice(to), caret: from + option.length };
}

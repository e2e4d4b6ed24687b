/**
 * The blocks of script metadata in modules (PEP 723). Finding them must take linear time, because a link may contain any text.
 */

import type { Files } from "./protocol.ts";

const START = "# /// script";
const END = "# ///";

export interface ScriptBlock {
  /** The entire comment, without the line break at the end. */
  text: string;
  /** The offset of the text in the module. */
  start: number;
  /** The 1-based number of the first line. */
  line: number;
  /** The TOML document in the comment. */
  toml: string;
}

export function scriptBlocksOf(module: string): ScriptBlock[] {
  if (!module.includes(START)) return [];
  const lines = module.split("\n");
  const blocks: ScriptBlock[] = [];
  let start = 0;
  for (let first = 0; first < lines.length; ) {
    const afterComment = isStart(lines[first]) ? endOfComment(lines, first) : first + 1;
    const last = lastEndIn(lines, first, afterComment);
    const next = last === null ? afterComment : last + 1;
    const text = lines.slice(first, next).join("\n");
    if (last !== null) blocks.push({ text, start, line: first + 1, toml: tomlOf(lines.slice(first + 1, last)) });
    start += text.length + 1;
    first = next;
  }
  return blocks;
}

/** Return the text of all blocks in all modules; empty if there are none. */
export function scriptBlocks(files: Files): string {
  return Object.entries(files)
    .filter(([name]) => name.endsWith(".py"))
    .flatMap(([name, text]) => scriptBlocksOf(text).map((block) => `${name}\n${block.text}\n`))
    .join("");
}

/** Return the index of the first line after a comment. */
function endOfComment(lines: readonly string[], first: number): number {
  let index = first;
  while (index < lines.length && /^#(?: |\r?$)/.test(lines[index] ?? "")) index++;
  return index;
}

/** Within a comment, return the last line that can end the block, as the standard requires; null if there is none. */
function lastEndIn(lines: readonly string[], first: number, afterComment: number): number | null {
  for (let index = afterComment - 1; index > first; index--) if (withoutReturn(lines[index]) === END) return index;
  return null;
}

function isStart(line: string | undefined): boolean {
  return withoutReturn(line) === START;
}

function withoutReturn(line: string | undefined): string | undefined {
  return line?.replace(/\r$/, "");
}

function tomlOf(lines: readonly string[]): string {
  return lines.map((line) => `${line.replace(/^# ?/, "")}\n`).join("");
}

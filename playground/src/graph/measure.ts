/** Sizes of nodes, estimated from their text without fonts or a document, so that builds and pages compute the same sizes. */

import { escapeInvisible } from "../special-characters.ts";
import { typeText } from "../state/elements.ts";
import type { DisplayNode } from "./display-graph.ts";

export interface MeasuredNode {
  name: string;
  type: string;
  width: number;
  height: number;
}

export const NODE_HEIGHT = 42;
/** The left edge of the text, to the right of the state mark. */
export const TEXT_LEFT = 30;
export const MARK_X = 17;

const MIN_WIDTH = 96;
const TEXT_RIGHT = 16;
/** In the monospaced fonts of the design tokens, one column is at most 0.602 em wide. */
const NAME_COLUMN = 12 * 0.602;
const TYPE_COLUMN = 10 * 0.602;
const CAPTION_COLUMN = 11 * 0.602;
const CAPTION_HEIGHT = 14;
export const BADGE_HEIGHT = 14;
const NAME_COLUMNS = 30;
const TYPE_COLUMNS = 34;
const ELLIPSIS = "…";

export function measureNode(node: DisplayNode): MeasuredNode {
  const name = truncateMiddle(nodeLabel(node), NAME_COLUMNS);
  const type = truncateEnd(escapeInvisible(typeText(node)), TYPE_COLUMNS);
  const text = Math.max(columnCount(name) * NAME_COLUMN, columnCount(type) * TYPE_COLUMN);
  return { name, type, width: Math.max(MIN_WIDTH, Math.ceil(TEXT_LEFT + text + TEXT_RIGHT)), height: NODE_HEIGHT };
}

/** Return the caption of a frame and its size. */
export function measureCaption(label: string): { text: string; width: number; height: number } {
  const text = truncateMiddle(escapeInvisible(label), NAME_COLUMNS);
  return { text, width: Math.ceil(columnCount(text) * CAPTION_COLUMN), height: CAPTION_HEIGHT };
}

/** Return the width of the label over a corner of a box. */
export function measureBadge(text: string): number {
  return Math.ceil(columnCount(text) * TYPE_COLUMN) + 10;
}

export function nodeLabel(node: DisplayNode): string {
  return escapeInvisible(node.group?.label ?? node.name);
}

/**
 * Count the columns that a string occupies in a monospaced font. A wide character takes two columns, and a combining mark takes
 * none.
 */
export function columnCount(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}

function columnsOfCharacter(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return (character.codePointAt(0) ?? 0) >= 0x1100 && character !== ELLIPSIS ? 2 : 1;
}

/** Truncate in the middle, because long names often differ only at their ends. */
function truncateMiddle(text: string, columns: number): string {
  if (columnCount(text) <= columns) return text;
  const tail = [...text].reverse().join("");
  const half = Math.floor((columns - 1) / 2);
  return takeColumns(text, columns - 1 - half) + ELLIPSIS + [...takeColumns(tail, half)].reverse().join("");
}

function truncateEnd(text: string, columns: number): string {
  return columnCount(text) <= columns ? text : takeColumns(text, columns - 1) + ELLIPSIS;
}

function takeColumns(text: string, columns: number): string {
  let prefix = "";
  let left = columns;
  for (const character of text) {
    left -= columnsOfCharacter(character);
    if (left < 0) break;
    prefix += character;
  }
  return prefix;
}

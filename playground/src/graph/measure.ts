/** How large a node is, told from its text alone: no font and no document is asked, so a build measures as a page does. */

import { escapeInvisible } from "../special-characters.ts";
import type { DisplayNode } from "./display-graph.ts";

export interface MeasuredNode {
  name: string;
  type: string;
  width: number;
  height: number;
}

export const NODE_HEIGHT = 42;
/** Where the text begins; the state's mark stands before it. */
export const TEXT_LEFT = 30;
export const MARK_X = 17;

const NARROWEST = 96;
const TEXT_RIGHT = 16;
/** The advance of one column of a monospaced font is 0.602 em in the widest of the fonts that the tokens name. */
const NAME_COLUMN = 12 * 0.602;
const TYPE_COLUMN = 10 * 0.602;
const CAPTION_COLUMN = 11 * 0.602;
const CAPTION_HEIGHT = 14;
const NAME_COLUMNS = 30;
const TYPE_COLUMNS = 34;
const ELLIPSIS = "…";

export function measureNode(node: DisplayNode): MeasuredNode {
  const name = shortenedInside(nodeLabel(node), NAME_COLUMNS);
  const type = shortenedAtEnd(escapeInvisible(node.type), TYPE_COLUMNS);
  const text = Math.max(columnCount(name) * NAME_COLUMN, columnCount(type) * TYPE_COLUMN);
  return { name, type, width: Math.max(NARROWEST, Math.ceil(TEXT_LEFT + text + TEXT_RIGHT)), height: NODE_HEIGHT };
}

/** The text at the top of a frame, and the room that it takes. */
export function measureCaption(label: string): { text: string; width: number; height: number } {
  const text = shortenedInside(escapeInvisible(label), NAME_COLUMNS);
  return { text, width: Math.ceil(columnCount(text) * CAPTION_COLUMN), height: CAPTION_HEIGHT };
}

export function nodeLabel(node: DisplayNode): string {
  return escapeInvisible(node.group?.label ?? node.name);
}

/** How many columns of a monospaced font a text takes: two for a wide character, none for a combining mark. */
export function columnCount(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfOne(character);
  return columns;
}

function columnsOfOne(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return (character.codePointAt(0) ?? 0) >= 0x1100 && character !== ELLIPSIS ? 2 : 1;
}

/** Long names often differ only in how they end, so both ends stay. */
function shortenedInside(text: string, columns: number): string {
  if (columnCount(text) <= columns) return text;
  const tail = [...text].reverse().join("");
  const half = Math.floor((columns - 1) / 2);
  return beginning(text, columns - 1 - half) + ELLIPSIS + [...beginning(tail, half)].reverse().join("");
}

function shortenedAtEnd(text: string, columns: number): string {
  return columnCount(text) <= columns ? text : beginning(text, columns - 1) + ELLIPSIS;
}

function beginning(text: string, columns: number): string {
  let taken = "";
  let left = columns;
  for (const character of text) {
    left -= columnsOfOne(character);
    if (left < 0) break;
    taken += character;
  }
  return taken;
}

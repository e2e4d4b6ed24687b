/** A module in the layout that Python's formatters agree on. The formatter itself is loaded when it is first asked for. */

import { isolateHistory } from "@codemirror/commands";
import type { EditorView } from "@codemirror/view";
import type { Edit } from "./edit.ts";

/** @throws string, which says what of the text cannot be read, and at which bytes of its UTF-8 */
export type Format = (text: string) => string;

/** The code cannot be formatted; the message is a sentence for the visitor. */
export class FormatError extends Error {
  override readonly name = "Unformattable";
}

/** Formats the document in front. */
export type Formatter = (view: EditorView, file: string) => void;

/** @throws Unformattable if the formatter cannot be had */
export async function loadFormatter(): Promise<Formatter> {
  const [format, { editsBetween }] = await Promise.all([loadRuff(), import("./layout-edits.ts")]);
  return (view, file) => formatDocument(view, file, format, editsBetween);
}

/** In one step that can be undone. The caret stays where it is in the code. */
function formatDocument(
  view: EditorView,
  file: string,
  format: Format,
  editsBetween: (before: string, after: string) => Edit[],
): void {
  const before = view.state.doc.toString();
  const after = formatText(before, file, format);
  if (after === before) return;
  view.dispatch({
    changes: editsBetween(before, after),
    annotations: isolateHistory.of("full"),
    userEvent: "input.format",
    scrollIntoView: true,
  });
}

/** @throws Unformattable with the line at which the text cannot be read */
export function formatText(text: string, file: string, format: Format): string {
  try {
    return format(text);
  } catch (refusal) {
    const [, reason = String(refusal), byte] = /^(.*) at byte range (\d+)\.\.\d+$/s.exec(String(refusal)) ?? [];
    const where = byte === undefined ? file : `line ${lineAt(text, Number(byte))} of ${file}`;
    throw new FormatError(`Nothing was formatted: ${where} cannot be read. ${toSentence(reason)}`);
  }
}

async function loadRuff(): Promise<Format> {
  try {
    const { default: start, format } = await import("@wasm-fmt/ruff_fmt/vite");
    await start();
    return format;
  } catch {
    throw new FormatError("The formatter could not be fetched. Try again once the site can be reached.");
  }
}

/** The line that holds a byte of the text's UTF-8, from 1. */
function lineAt(text: string, byte: number): number {
  const before = new TextEncoder().encode(text).subarray(0, byte);
  return before.reduce((lines, byte) => lines + Number(byte === 0x0a), 1);
}

function toSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Formatting of modules with Ruff, which is loaded on first use. */

import { isolateHistory } from "@codemirror/commands";
import type { EditorView } from "@codemirror/view";
import type { Edit } from "./edit.ts";

/** @throws string a syntax error with its byte range in UTF-8 */
export type Format = (text: string) => string;

/** The code cannot be formatted. The message is shown to the visitor. */
export class FormatError extends Error {
  override readonly name = "FormatError";
}

/** A function that formats the active document. */
export type Formatter = (view: EditorView, file: string) => void;

/** @throws FormatError if the formatter cannot be loaded */
export async function loadFormatter(): Promise<Formatter> {
  const [format, { editsBetween }] = await Promise.all([loadRuff(), import("./layout-edits.ts")]);
  return (view, file) => formatDocument(view, file, format, editsBetween);
}

/** Format the document in one undo step. The caret keeps its place in the code. */
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

/** @throws FormatError with the line of the syntax error */
export function formatText(text: string, file: string, format: Format): string {
  try {
    return format(text);
  } catch (error) {
    const [, reason = String(error), byte] = /^(.*) at byte range (\d+)\.\.\d+$/s.exec(String(error)) ?? [];
    const where = byte === undefined ? file : `${file}, line ${lineAt(text, Number(byte))}`;
    throw new FormatError(`Could not format ${where}. ${toSentence(reason)}`);
  }
}

async function loadRuff(): Promise<Format> {
  try {
    const { default: start, format } = await import("@wasm-fmt/ruff_fmt/vite");
    await start();
    return format;
  } catch {
    throw new FormatError("Could not load the formatter. Check your network connection and try again.");
  }
}

/** Return the 1-based line number of a byte offset in text that is encoded as UTF-8. */
function lineAt(text: string, byte: number): number {
  const before = new TextEncoder().encode(text).subarray(0, byte);
  return before.reduce((lines, byte) => lines + Number(byte === 0x0a), 1);
}

function toSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

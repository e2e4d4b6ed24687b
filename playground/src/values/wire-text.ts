/** Values as texts of the wire, and as a visitor reads and writes them. */

import type { FieldView } from "../protocol.ts";

/** What fits into a link, too. */
export const MAX_TEXT_LENGTH = 10_000;

/** What stands before the colon of a text that is not JSON: no JSON text begins like that. */
const PREFIX = /^(literal|date|datetime|file|table):(.*)$/s;

/** A text of the wire as one would read it: a string without its quotes, any other form without its name. */
export function displayText(text: string): string {
  const [, form, rest = ""] = PREFIX.exec(text) ?? [];
  if (form === "table") return "the pasted table";
  if (form !== undefined) return rest;
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

/** What was typed, as a text of the wire; null where the field was emptied, undefined where it is no value of the kind. */
export function encodeInput(kind: FieldView["kind"], typed: string): string | null | undefined {
  const text = typed.trim();
  if (text === "" && kind !== "str") return null;
  switch (kind) {
    case "int":
      return /^[+-]?\d{1,400}$/.test(text) ? String(BigInt(text.replace(/^\+/, ""))) : undefined;
    case "float":
      return floatText(text);
    case "json":
      return isJson(text) ? text : undefined;
    case "literal":
      return text.length <= MAX_TEXT_LENGTH ? `literal:${text}` : undefined;
    case "date":
      return /^\d{4}-\d\d-\d\d$/.test(text) ? `date:${text}` : undefined;
    case "datetime":
      return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? `datetime:${text}` : undefined;
    case "table":
      // A line may begin or end with an empty cell.
      return typed.length <= MAX_TEXT_LENGTH ? `table:${typed}` : undefined;
    default:
      return JSON.stringify(typed);
  }
}

/** Whether a text is one of the wire. What it says in its form only Python knows. */
export function isWireText(text: string): boolean {
  return PREFIX.test(text) || isJson(text);
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function floatText(text: string): string | undefined {
  const number = Number(text);
  if (!Number.isFinite(number)) return undefined;
  const formatted = Object.is(number, -0) ? "-0" : String(number);
  return /[.e]/.test(formatted) ? formatted : `${formatted}.0`;
}

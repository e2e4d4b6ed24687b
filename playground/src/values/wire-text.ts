/** Converts values between wire format and the text that the visitor reads and types. */

import type { FieldView } from "../protocol.ts";

/** The maximum length of a value's text, which must also fit in a link. */
export const MAX_TEXT_LENGTH = 10_000;

/** The prefix of text that is not JSON. No JSON starts like this. */
const PREFIX = /^(literal|date|datetime|file|table):(.*)$/s;

/** Format a value in wire format for reading: without the quotes of a string, and without a prefix such as `date:`. */
export function displayText(text: string): string {
  const [, form, rest = ""] = PREFIX.exec(text) ?? [];
  if (form === "table") return "the pasted table";
  if (form !== undefined) return rest;
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

/** Encode typed text in wire format. Return null for an empty field, and undefined for text that is invalid for the kind. */
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
      // The text is not trimmed, because a line may start or end with an empty cell.
      return typed.length <= MAX_TEXT_LENGTH ? `table:${typed}` : undefined;
    default:
      return JSON.stringify(typed);
  }
}

/** Return whether a string is in wire format. Only Python can check the text after a prefix. */
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

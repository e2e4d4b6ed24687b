/** Values as JSON text, which tells 1 from 1.0, and as a visitor reads and writes them. */

import type { FieldView } from "../protocol.ts";

/** A JSON text as one would read it: a string without its quotes. */
export function shownText(text: string): string {
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}

/** What was typed, as JSON text; null where the field was emptied, undefined where it is no value of the kind. */
export function writtenText(kind: FieldView["kind"], typed: string): string | null | undefined {
  const text = typed.trim();
  switch (kind) {
    case "int":
      if (text === "") return null;
      return /^[+-]?\d{1,400}$/.test(text) ? String(BigInt(text.replace(/^\+/, ""))) : undefined;
    case "float":
      return text === "" ? null : floatText(text);
    case "json":
      return text === "" ? null : isJson(text) ? text : undefined;
    default:
      return JSON.stringify(typed);
  }
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
  const written = Object.is(number, -0) ? "-0" : String(number);
  return /[.e]/.test(written) ? written : `${written}.0`;
}

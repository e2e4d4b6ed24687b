/**
 * Characters that are invisible or reorder their neighbors. Code with them can look like different code, so they are
 * always shown as their code points.
 */

/**
 * Control characters, format characters (they reorder and join text), lone surrogates, private and unassigned code points,
 * unusual spaces, characters that fonts omit, and two symbols that look empty. Line breaks and tabs stay as they are.
 */
const SPECIAL = String.raw`(?![ \t\n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]`;
/** The Unicode ranges of right-to-left scripts, including the few characters in them that are not letters. */
const LETTER = String.raw`[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]`;
const RTL_LETTER = String.raw`(?:(?!${SPECIAL})${LETTER}(?:(?!${SPECIAL})\p{M})*)`;
const RTL_RUN = `${RTL_LETTER}+(?: ${RTL_LETTER}+)*`;
/** A run of blanks that is long enough to push code out of view. */
const GAP = "[ \\t]{60,}(?=[^ \\t\\n])";

export const SPECIAL_CHARACTER = new RegExp(SPECIAL, "gu");
export const RTL_TEXT = new RegExp(RTL_RUN, "gu");
export const LONG_GAP = new RegExp(GAP, "gu");

const NAMES: Readonly<Record<number, string>> = {
  0: "null",
  8: "backspace",
  12: "form feed",
  13: "carriage return",
  27: "escape",
  160: "no-break space",
  173: "soft hyphen",
  8203: "zero-width space",
  8204: "zero-width non-joiner",
  8205: "zero-width joiner",
  8206: "left-to-right mark",
  8207: "right-to-left mark",
  8232: "line separator",
  8233: "paragraph separator",
  8234: "left-to-right embedding",
  8235: "right-to-left embedding",
  8236: "end of embedding or override",
  8237: "left-to-right override",
  8238: "right-to-left override",
  8288: "word joiner",
  8294: "left-to-right isolate",
  8295: "right-to-left isolate",
  8296: "first strong isolate",
  8297: "end of isolate",
  12644: "Hangul filler",
  65279: "byte order mark",
};

/** A segment of text and how to show it. */
export type TextSegment =
  | { kind: "plain"; text: string }
  | { kind: "leftward"; text: string }
  /** The label to show instead of the text. */
  | { kind: "special" | "gap"; text: string; label: string; description: string };

/** Return a character's code point: `U+202E`. */
export function labelOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Describe a character: `right-to-left override, U+202E`. */
export function descriptionOf(character: string): string {
  const name = NAMES[character.codePointAt(0) ?? -1];
  return name === undefined ? `invisible character ${labelOf(character)}` : `${name}, ${labelOf(character)}`;
}

/** Describe a gap: `3,000 spaces`. */
export function gapLabel(gap: string): string {
  const kind = /^ +$/.test(gap) ? "spaces" : /^\t+$/.test(gap) ? "tabs" : "spaces and tabs";
  return `${gap.length.toLocaleString("en")} ${kind}`;
}

/** Return text with its invisible characters replaced with their code points. */
export function escapeInvisible(text: string): string {
  return text.replace(SPECIAL_CHARACTER, (character) => `[${labelOf(character)}]`);
}

/**
 * Split text into segments.
 *
 * @param withGaps whether long runs of blanks become labels with their length
 */
export function segmentsOf(text: string, withGaps: boolean): TextSegment[] {
  const pattern = new RegExp(
    `(?<leftward>${RTL_RUN})|(?<special>${SPECIAL})${withGaps ? `|(?<gap>${GAP})` : ""}`,
    "gu",
  );
  const segments: TextSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) segments.push({ kind: "plain", text: text.slice(end, match.index) });
    segments.push(segmentOf(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) segments.push({ kind: "plain", text: text.slice(end) });
  return segments;
}

function segmentOf({ 0: text, groups = {} }: RegExpExecArray): TextSegment {
  if (groups["leftward"] !== undefined) return { kind: "leftward", text };
  if (groups["gap"] !== undefined) return { kind: "gap", text, label: gapLabel(text), description: gapLabel(text) };
  return { kind: "special", text, label: labelOf(text), description: descriptionOf(text) };
}

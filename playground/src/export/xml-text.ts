/** A text as XML can hold it. Otherwise one character in a docstring would make a whole drawing unreadable. */

/** All but what XML 1.0 allows: controls, surrogates without their partner, and two code points that are no characters. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

export function xmlText(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd");
}

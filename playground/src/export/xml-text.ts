/** Replaces characters that XML forbids. Otherwise, one character in a docstring could make the whole drawing invalid. */

/** Characters that XML 1.0 forbids: control characters, lone surrogates and two noncharacters. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

export function xmlText(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd");
}

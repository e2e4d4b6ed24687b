/** Decoding of text files, in a detected encoding or in one that the visitor chose. */

export interface DecodedText {
  text: string;
  /** The name of the encoding in `TextDecoder`. */
  encoding: string;
}

/** The encodings to choose from, with their labels. */
export const ENCODINGS: ReadonlyMap<string, string> = new Map([
  ["utf-8", "UTF-8"],
  ["utf-16le", "UTF-16 (little-endian)"],
  ["utf-16be", "UTF-16 (big-endian)"],
  ["windows-1252", "Windows-1252 (Western Europe)"],
  ["iso-8859-15", "ISO 8859-15 (Western Europe)"],
  ["macintosh", "Mac Roman (Western Europe)"],
  ["windows-1250", "Windows-1250 (Central Europe)"],
  ["iso-8859-2", "ISO 8859-2 (Central Europe)"],
  ["windows-1251", "Windows-1251 (Cyrillic)"],
  ["koi8-r", "KOI8-R (Cyrillic)"],
  ["windows-1253", "Windows-1253 (Greek)"],
  ["windows-1254", "Windows-1254 (Turkish)"],
  ["windows-1255", "Windows-1255 (Hebrew)"],
  ["windows-1256", "Windows-1256 (Arabic)"],
  ["shift_jis", "Shift JIS (Japanese)"],
  ["euc-jp", "EUC-JP (Japanese)"],
  ["gb18030", "GB 18030 (Chinese)"],
  ["big5", "Big5 (Chinese)"],
  ["euc-kr", "EUC-KR (Korean)"],
]);

/** Control characters except tabs and line endings. Bytes that are undefined in Windows-1252 decode to control characters. */
const CONTROL = /(?![\t\n\f\r\u0085])\p{Cc}/u;

/** Encodings that are tried in this order if bytes are neither Unicode nor Windows-1252. Each of them rejects some bytes. */
const MULTIBYTE = ["shift_jis", "euc-jp", "gb18030"];

/** Detect the encoding of bytes and decode them; return null if they are not text. */
export function detectEncoding(bytes: Uint8Array<ArrayBuffer>): DecodedText | null {
  const bomEncoding = encodingOfMark(bytes);
  if (bomEncoding !== null) return decode(bytes, bomEncoding);
  if (bytes.includes(0)) {
    const utf16 = utf16Order(bytes);
    return utf16 === null ? null : decode(bytes, utf16);
  }
  return (
    decode(bytes, "utf-8", false) ??
    ["windows-1252", ...MULTIBYTE].reduce<DecodedText | null>(
      (found, encoding) => found ?? decode(bytes, encoding),
      null,
    )
  );
}

/**
 * Decode bytes; return null if they are invalid or decode to control characters.
 *
 * @param strict false to accept control characters other than null. UTF-8 needs no such check: text in other encodings is
 * rarely valid UTF-8
 */
export function decode(bytes: Uint8Array<ArrayBuffer>, encoding: string, strict = true): DecodedText | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.includes("\0") || (strict && CONTROL.test(text))) return null;
    return { text: text.replaceAll("\r\n", "\n"), encoding };
  } catch {
    return null;
  }
}

/** Return the encoding of a byte order mark. The decoder drops the mark. */
function encodingOfMark([first, second, third]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return null;
}

/**
 * Return the byte order of UTF-16 without a mark, or null for other bytes. In most files, the two bytes of letters, digits and
 * line endings include a zero byte, which is always the first byte or always the second.
 */
function utf16Order(bytes: Uint8Array): string | null {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const [more, fewer] = even > odd ? [even, odd] : [odd, even];
  if (more < 4 * fewer || more < bytes.length / 20) return null;
  return even > odd ? "utf-16be" : "utf-16le";
}

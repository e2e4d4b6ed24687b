import { describe, expect, it } from "vitest";
import { decode, detectEncoding, ENCODINGS } from "../../src/files/encodings.ts";

const TEXT = "city,price\r\nMünchen,3 €\r\n";
const READ = "city,price\nMünchen,3 €\n";

function utf16(text: string, order: "le" | "be", mark = ""): Uint8Array<ArrayBuffer> {
  const marked = mark + text;
  const bytes = new DataView(new ArrayBuffer(2 * marked.length));
  for (let at = 0; at < marked.length; at++) bytes.setUint16(2 * at, marked.charCodeAt(at), order === "le");
  return new Uint8Array(bytes.buffer);
}

/**
 * Encode text in Latin-1, a subset of Windows-1252. Node decodes the rest of Windows-1252 wrongly, so
 * `tests/browser/test_files.py` tests € and typographic quotes.
 */
function western(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...text], (letter) => letter.charCodeAt(0));
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe("text", () => {
  it.each<[string, Uint8Array<ArrayBuffer>, string, string]>([
    ["in ASCII", utf8("a,b\n"), "utf-8", "a,b\n"],
    ["that is empty", utf8(""), "utf-8", ""],
    ["in UTF-8", utf8(TEXT), "utf-8", READ],
    ["in UTF-8 with a byte order mark", utf8(`\ufeff${TEXT}`), "utf-8", READ],
    ["in UTF-8 with terminal escapes", utf8("\x1b[1mbold\x1b[0m"), "utf-8", "\x1b[1mbold\x1b[0m"],
    ["in UTF-16, little-endian, with a byte order mark", utf16(TEXT, "le", "\ufeff"), "utf-16le", READ],
    ["in UTF-16, big-endian, with a byte order mark", utf16(TEXT, "be", "\ufeff"), "utf-16be", READ],
    ["in UTF-16, little-endian", utf16(TEXT, "le"), "utf-16le", READ],
    ["in UTF-16, big-endian", utf16(TEXT, "be"), "utf-16be", READ],
    ["in UTF-16, in Japanese, with a byte order mark", utf16("天気,雨\n", "le", "\ufeff"), "utf-16le", "天気,雨\n"],
    ["in Latin-1", western("Ærø;Åland;naïve;ÿ"), "windows-1252", "Ærø;Åland;naïve;ÿ"],
    ["in Shift JIS", Uint8Array.from([0x93, 0x8c, 0x8b, 0x9e, 0x81, 0x41, 0x0a]), "shift_jis", "東京、\n"],
  ])("%s is detected", (_, bytes, encoding, text) => {
    expect(detectEncoding(bytes)).toEqual({ text, encoding });
  });

  it.each<[string, number[]]>([
    ["a picture", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0]],
    ["an archive", [0x50, 0x4b, 0x03, 0x04, 0x14, 0, 0, 0, 8, 0, 0xfa, 0x31]],
    ["a compressed file", [0x1f, 0x8b, 0x08, 0xff, 0x31]],
    ["text with a null", [0x61, 0, 0x62]],
    ["text with nulls on both sides", [0x61, 0, 0x62, 0x63, 0, 0x64]],
    ["control characters that are not text in any encoding", [0x01, 0x02, 0xff, 0xfe]],
    ["half a UTF-16 character", [0xff, 0xfe, 0x61]],
  ])("%s is not text", (_, bytes) => {
    expect(detectEncoding(Uint8Array.from(bytes))).toBeNull();
  });
});

describe("a chosen encoding", () => {
  it.each([...ENCODINGS.keys()])("is known to the decoder: %s", (encoding) => {
    const bytes = encoding.startsWith("utf-16") ? utf16("a", encoding === "utf-16le" ? "le" : "be") : utf8("a");
    expect(decode(bytes, encoding)).toEqual({ text: "a", encoding });
  });

  it.each([
    ["windows-1251", [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2], "Привет"],
    ["iso-8859-15", [0xa4], "€"],
    ["windows-1250", [0xb3, 0xf3, 0x64, 0x9f], "łódź"],
    ["macintosh", [0x4d, 0x9f, 0x6e], "Mün"],
  ])("%s determines the text", (encoding, bytes, text) => {
    expect(decode(Uint8Array.from(bytes), encoding)?.text).toBe(text);
  });

  it("is refused if the bytes are invalid in it", () => {
    expect(decode(Uint8Array.from([0x4d, 0xfc, 0x6e]), "utf-8")).toBeNull();
  });
});

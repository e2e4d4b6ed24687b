import { describe, expect, it, test } from "vitest";
import { descriptionOf, escapeInvisible, gapLabel, labelOf, segmentsOf } from "../src/special-characters.ts";

/** Characters used in attacks on people who read code, and similar characters. */
const DECEIVING: [string, number][] = [
  ["null", 0x00],
  ["backspace", 0x08],
  ["vertical tab", 0x0b],
  ["form feed", 0x0c],
  ["carriage return", 0x0d],
  ["escape", 0x1b],
  ["delete", 0x7f],
  ["next line", 0x85],
  ["no-break space", 0xa0],
  ["soft hyphen", 0xad],
  ["combining grapheme joiner", 0x34f],
  ["Arabic letter mark", 0x61c],
  ["Hangul choseong filler", 0x115f],
  ["Khmer vowel inherent", 0x17b4],
  ["Mongolian vowel separator", 0x180e],
  ["em space", 0x2003],
  ["zero-width space", 0x200b],
  ["zero-width joiner", 0x200d],
  ["right-to-left mark", 0x200f],
  ["line separator", 0x2028],
  ["left-to-right embedding", 0x202a],
  ["pop directional formatting", 0x202c],
  ["right-to-left override", 0x202e],
  ["word joiner", 0x2060],
  ["invisible times", 0x2062],
  ["first strong isolate", 0x2068],
  ["pop directional isolate", 0x2069],
  ["inhibit symmetric swapping", 0x206a],
  ["braille blank", 0x2800],
  ["ideographic space", 0x3000],
  ["Hangul filler", 0x3164],
  ["a lone surrogate", 0xd800],
  ["private use", 0xe000],
  ["variation selector 16", 0xfe0f],
  ["byte order mark", 0xfeff],
  ["halfwidth Hangul filler", 0xffa0],
  ["interlinear annotation anchor", 0xfff9],
  ["noncharacter", 0xffff],
  ["musical null notehead", 0x1d159],
  ["musical begin beam", 0x1d173],
  ["tag letter", 0xe0061],
  ["variation selector 256", 0xe01ef],
];

describe("special characters", () => {
  it.each(DECEIVING)("are shown: %s", (_, code) => {
    const character = String.fromCodePoint(code);
    const label = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    expect(escapeInvisible(`a${character}b`)).toBe(`a[${label}]b`);
    const [before, special, after] = segmentsOf(`a${character}b`, false);
    expect([before, after]).toEqual([
      { kind: "plain", text: "a" },
      { kind: "plain", text: "b" },
    ]);
    expect(special).toMatchObject({ kind: "special", text: character, label });
  });

  it.each(["x = 'a' # ü\t\n", "価格 цена größe", "é", "e\u0301", "≠→…“”", "😀", "price * 3\n"])(
    "do not occur in %j",
    (text) => {
      expect(escapeInvisible(text)).toBe(text);
      expect(segmentsOf(text, true)).toEqual([{ kind: "plain", text }]);
    },
  );

  it("are described by name if the name is known", () => {
    expect(labelOf("\u202e")).toBe("U+202E");
    expect(descriptionOf("\u202e")).toBe("right-to-left override, U+202E");
    expect(descriptionOf("\u{e0061}")).toBe("invisible character U+E0061");
  });
});

describe("right-to-left letters", () => {
  it.each([
    ["אב - גד", ["אב", " - ", "גד"]],
    ["x = 'שלום עולם'", ["x = '", "שלום עולם", "'"]],
    ["שם1 = 2", ["שם", "1 = 2"]],
    ["السعر", ["السعر"]],
  ])("are separate segments, but operators and digits are not: %s", (text, expected) => {
    expect(segmentsOf(text, false).map((stretch) => stretch.text)).toEqual(expected);
    expect(segmentsOf(text, false).some(({ kind }) => kind === "leftward")).toBe(true);
  });
});

describe("long gaps", () => {
  it.each([
    [" ".repeat(3000), "3,000 spaces"],
    ["\t".repeat(60), "60 tabs"],
    [" \t".repeat(30), "60 spaces and tabs"],
  ])("are shown as a label with their size", (gap, label) => {
    expect(gapLabel(gap)).toBe(label);
    expect(segmentsOf(`x = 1${gap}; y = 2`, true)).toEqual([
      { kind: "plain", text: "x = 1" },
      { kind: "gap", text: gap, label, description: label },
      { kind: "plain", text: "; y = 2" },
    ]);
    expect(segmentsOf(`x = 1${gap}; y = 2`, false)).toHaveLength(1);
  });

  it.each([`${" ".repeat(59)}x`, `x${" ".repeat(3000)}`, `x${" ".repeat(3000)}\ny`])(
    "are not reported if no code is pushed out of view",
    (text) => {
      expect(segmentsOf(text, true)).toEqual([{ kind: "plain", text }]);
    },
  );
});

test("the segments of any text add up to the text", () => {
  const characters = ["a", " ", "\t", "\n", "\u202e", "א", "\ud800", "\u{e0061}", "1", "-", " ".repeat(70)];
  let seed = 7;
  const next = (): number => (seed = (seed * 48271) % 2147483647);
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: next() % 12 }, () => characters[next() % characters.length]).join("");
    for (const withGaps of [true, false]) {
      expect(
        segmentsOf(text, withGaps)
          .map((stretch) => stretch.text)
          .join(""),
      ).toBe(text);
    }
  }
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LEXICON } from "../../src/share/lexicon.ts";
import { BadTelling, retold, told } from "../../src/share/telling.ts";
import { random } from "../graph/graphs.ts";

const KNOWN = "def total(price: float, rate: float) -> float:\n    return price * rate\n";
const MOST = 1_000_000;

describe("a text told by another", () => {
  it("is told as the command line tells it", () => {
    const golden: { text: string; shortest: number; telling: string }[] = JSON.parse(
      readFileSync(new URL("golden/tellings.json", import.meta.url), "utf-8"),
    );
    expect(golden.length).toBeGreaterThan(0);
    for (const { text, shortest, telling } of golden) {
      expect(told(text, LEXICON, shortest)).toBe(telling);
      expect(retold(telling, LEXICON, MOST)).toBe(text);
    }
  });

  it.each([
    ["nothing", ""],
    ["the very same", KNOWN],
    ["what the other does not have", "ÄÖÜ 世界 🌊"],
    ["a part", KNOWN.slice(10, 30)],
    ["parts in another order", KNOWN.slice(40) + KNOWN.slice(0, 30)],
    ["quotes and backslashes", `${KNOWN}"\\n\\"`],
    ["itself many times", KNOWN.repeat(300)],
  ])("comes back as it was: %s", (_, text) => {
    for (const shortest of [5, 8, 20]) {
      expect(retold(told(text, KNOWN, shortest) ?? "", KNOWN, MOST)).toBe(text);
    }
  });

  it("comes back as it was, whatever the two are", () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const next = random(seed);
      const some = (most: number): string =>
        Array.from({ length: Math.floor(next() * most) }, () => "ab \n🌊é"[Math.floor(next() * 7)]).join("");
      const known = some(200).repeat(1 + Math.floor(next() * 60));
      const text = some(50) + known.slice(Math.floor(next() * known.length)) + some(50);
      const telling = told(text, known, 5 + Math.floor(next() * 10));
      if (telling !== null) expect(retold(telling, known, MOST)).toBe(text);
    }
  });

  it("is short where the other says it all", () => {
    const long = Array.from({ length: 20_000 }, (_, at) => `${at},`).join("");
    const changed = long.replace("10000,", "X,");
    const telling = told(changed, long, 6) ?? "";
    expect(telling.length).toBeLessThan(30);
    expect(retold(telling, long, MOST)).toBe(changed);
  });

  it("is not told where it holds the mark, or a character would be cut in two", () => {
    expect(told("a\x7fb", KNOWN, 5)).toBeNull();
    expect(told("12345\ud83c\udf0a", "12345\ud83c\udf0b", 5)).toBeNull();
  });
});

describe("a telling that somebody made by hand", () => {
  it.each([
    ["a place behind the end", "\x7f~~~"],
    ["a place that is none", '\x7f"""'],
    ["a place cut off", "\x7f!"],
    ["a length behind the end", "\x7f!}"],
  ])("is refused: %s", (_, telling) => {
    expect(() => retold(telling, "short", MOST)).toThrow(BadTelling);
  });

  it("that unfolds without end is given up", () => {
    const bomb = (told("x".repeat(5000), "x".repeat(5000), 5) ?? "").repeat(10_000);
    expect(() => retold(bomb, "x".repeat(5000), 20_000)).toThrow("unfolds to more");
  });
});

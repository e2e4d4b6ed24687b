import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { BadZlib, deflate, inflate, TooLarge, WrongDictionary } from "../../src/share/zlib.ts";

const WORDS = new TextEncoder().encode("def total(price: float) -> float:\n    return price\n");
const CONTENT = new TextEncoder().encode("def total(price: float, rate: float) -> float:\n    return price * rate\n");
const MOST = 1_000_000;

const dictionaries = fc.uint8Array({ minLength: 1, maxLength: 40_000 }).map((bytes) => bytes.slice(-32_768));
/** Content to compress. Some of it is longer than a piece and than deflate's window. */
const contents = fc
  .tuple(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 0, max: 400 }))
  .map(([some, times]) => Uint8Array.from({ length: some.length * times }, (_, at) => some[at % some.length] ?? 0));

async function noPause(): Promise<void> {
  // In these tests, no other work waits for a pause.
}

function ofNode(content: Uint8Array, dictionary = WORDS): Uint8Array {
  return Uint8Array.from(deflateSync(content, { dictionary }));
}

describe("compression with a dictionary", () => {
  it("restores the content, whether it was deflated here or by zlib itself", async () => {
    await fc.assert(
      fc.asyncProperty(contents, dictionaries, async (content, dictionary) => {
        const bytes = await deflate(content, dictionary, noPause);
        expect(Buffer.from(content).equals(inflate(bytes, dictionary, MOST))).toBe(true);
        expect(Buffer.from(content).equals(inflateSync(bytes, { dictionary }))).toBe(true);
        expect(Buffer.from(content).equals(inflate(ofNode(content, dictionary), dictionary, MOST))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("shortens content that the dictionary contains", async () => {
    expect((await deflate(WORDS, WORDS, noPause)).length).toBeLessThan(20);
  });

  it("pauses after each piece", async () => {
    const pause = vi.fn(noPause);
    await deflate(new Uint8Array(300_000), WORDS, pause);
    expect(pause).toHaveBeenCalledTimes(5);
  });

  it("restores content that was deflated without a dictionary", () => {
    expect(inflate(Uint8Array.from(deflateSync(CONTENT)), WORDS, MOST)).toEqual(CONTENT);
  });
});

describe("content that cannot be inflated is refused", () => {
  it("if any byte is changed, missing or added", () => {
    const whole = ofNode(CONTENT);
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(() => inflate(changed, WORDS, MOST)).toThrow(BadZlib);
      expect(() => inflate(whole.slice(0, at), WORDS, MOST)).toThrow(BadZlib);
    }
    expect(() => inflate(Uint8Array.from([...whole, 0]), WORDS, MOST)).toThrow(BadZlib);
  });

  it("if its bytes are arbitrary", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => inflate(Uint8Array.from([0x78, 0x9c, ...bytes]), WORDS, MOST)).toThrow(BadZlib);
      }),
    );
  });

  it("with another dictionary, which would produce different text", () => {
    const other = WORDS.map((byte) => byte ^ 1);
    expect(() => inflate(ofNode(CONTENT), other, MOST)).toThrow(WrongDictionary);
  });

  it("if it exceeds the allowed size", () => {
    expect(() => inflate(ofNode(new Uint8Array(10 * MOST)), WORDS, MOST)).toThrow(TooLarge);
    expect(inflate(ofNode(new Uint8Array(MOST)), WORDS, MOST).length).toBe(MOST);
  });

  it("without inflating much more than the allowed size", () => {
    const bomb = ofNode(new Uint8Array(100 * MOST));
    let consumed = 0;
    const slice = vi.spyOn(Uint8Array.prototype, "slice").mockImplementation(function (this: Uint8Array, start, end) {
      consumed = Math.max(consumed, end ?? 0);
      return Uint8Array.from(this.subarray(start, end));
    });
    expect(() => inflate(bomb, WORDS, MOST)).toThrow(TooLarge);
    slice.mockRestore();
    expect(consumed).toBeGreaterThan(0);
    expect(consumed).toBeLessThan(bomb.length / 10);
  });
});

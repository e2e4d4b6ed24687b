import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { BadZlib, deflate, inflate, TooLarge, WrongDictionary } from "../../src/share/zlib.ts";

const WORDS = new TextEncoder().encode("def total(price: float) -> float:\n    return price\n");
const CONTENT = new TextEncoder().encode("def total(price: float, rate: float) -> float:\n    return price * rate\n");
const MOST = 1_000_000;

const dictionaries = fc.uint8Array({ minLength: 1, maxLength: 40_000 }).map((bytes) => bytes.slice(-32_768));
/** Some of them are longer than a piece, and than what deflate can look back. */
const contents = fc
  .tuple(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 0, max: 400 }))
  .map(([some, times]) => Uint8Array.from({ length: some.length * times }, (_, at) => some[at % some.length] ?? 0));

async function noPause(): Promise<void> {
  // Nothing else is at work here.
}

function ofNode(content: Uint8Array, dictionary = WORDS): Uint8Array {
  return Uint8Array.from(deflateSync(content, { dictionary }));
}

describe("what was deflated with a dictionary", () => {
  it("comes back as it was, from here and from zlib itself", async () => {
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

  it("takes little where the dictionary says it all", async () => {
    expect((await deflate(WORDS, WORDS, noPause)).length).toBeLessThan(20);
  });

  it("lets the page go on after each piece", async () => {
    const pause = vi.fn(noPause);
    await deflate(new Uint8Array(300_000), WORDS, pause);
    expect(pause).toHaveBeenCalledTimes(5);
  });

  it("can also have been deflated without one", () => {
    expect(inflate(Uint8Array.from(deflateSync(CONTENT)), WORDS, MOST)).toEqual(CONTENT);
  });
});

describe("what cannot be inflated is refused", () => {
  it("whichever of its bytes is another, missing or too much", () => {
    const whole = ofNode(CONTENT);
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(() => inflate(changed, WORDS, MOST)).toThrow(BadZlib);
      expect(() => inflate(whole.slice(0, at), WORDS, MOST)).toThrow(BadZlib);
    }
    expect(() => inflate(Uint8Array.from([...whole, 0]), WORDS, MOST)).toThrow(BadZlib);
  });

  it("whatever its bytes are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => inflate(Uint8Array.from([0x78, 0x9c, ...bytes]), WORDS, MOST)).toThrow(BadZlib);
      }),
    );
  });

  it("with another dictionary, which would give another text", () => {
    const other = WORDS.map((byte) => byte ^ 1);
    expect(() => inflate(ofNode(CONTENT), other, MOST)).toThrow(WrongDictionary);
  });

  it("once there is more content than was allowed", () => {
    expect(() => inflate(ofNode(new Uint8Array(10 * MOST)), WORDS, MOST)).toThrow(TooLarge);
    expect(inflate(ofNode(new Uint8Array(MOST)), WORDS, MOST).length).toBe(MOST);
  });

  it("without inflating much more than that", () => {
    const bomb = ofNode(new Uint8Array(100 * MOST));
    let taken = 0;
    const slice = vi.spyOn(Uint8Array.prototype, "slice").mockImplementation(function (this: Uint8Array, start, end) {
      taken = Math.max(taken, end ?? 0);
      return Uint8Array.from(this.subarray(start, end));
    });
    expect(() => inflate(bomb, WORDS, MOST)).toThrow(TooLarge);
    slice.mockRestore();
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(bomb.length / 10);
  });
});

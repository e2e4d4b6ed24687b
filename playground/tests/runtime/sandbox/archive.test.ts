import { expect, test } from "vitest";
import { members } from "../../../src/runtime/sandbox/archive.ts";

/** An uncompressed archive, as Python's zipfile writes it. Its `a/b.txt` member contains `hello`. */
const STORED =
  "504b03041400000000000000210086a61036050000000500000007000000612f622e74787468656c" +
  "6c6f504b010214031400000000000000210086a61036050000000500000007000000000000000000" +
  "0000800100000000612f622e747874504b05060000000001000100350000002a0000000000";

function bytes(hexadecimal: string): ArrayBuffer {
  return Uint8Array.from(hexadecimal.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).buffer;
}

test("the members of an archive are views of it", () => {
  const archive = bytes(STORED);
  const [[name, content] = ["", new Uint8Array()]] = [...members(archive)];
  expect(name).toBe("a/b.txt");
  expect(new TextDecoder().decode(content)).toBe("hello");
  expect(content.buffer).toBe(archive);
});

test.each([
  ["empty", ""],
  ["cut off", STORED.slice(0, -20)],
])("an archive that is %s is refused", (_, text) => {
  expect(() => [...members(bytes(text))]).toThrow("This file is not an archive from this build.");
});

import { expect, test } from "vitest";
import { dataSegment } from "../../../src/runtime/sandbox/data-segment.ts";

const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const CUSTOM_SECTION = [0, 3, 1, 0x61, 11];
const AT_MEMORY_BASE = [0, 0x23, 1, 0x0b];

const file = (...parts: number[][]): Uint8Array => Uint8Array.from([HEADER, ...parts].flat());

test("the data segment is found after other sections", () => {
  const segment = dataSegment(file(CUSTOM_SECTION, [11, 9, 1, ...AT_MEMORY_BASE, 3, 7, 8, 9]));
  expect([...segment]).toEqual([7, 8, 9]);
});

test("a long data segment is found", () => {
  const data = Array.from({ length: 300 }, (_, at) => at % 256);
  expect([...dataSegment(file([11, 0xb3, 2, 1, ...AT_MEMORY_BASE, 0xac, 2, ...data]))]).toEqual(data);
});

test("an extension without data has an empty segment", () => {
  expect(dataSegment(file(CUSTOM_SECTION))).toHaveLength(0);
});

test.each([
  ["two segments", [11, 14, 2, ...AT_MEMORY_BASE, 1, 7, ...AT_MEMORY_BASE, 1, 8]],
  ["a segment at a fixed address", [11, 7, 1, 0, 0x41, 8, 0x0b, 1, 7]],
])("an extension with %s is refused", (_, section) => {
  expect(() => dataSegment(file(section))).toThrow("not a single segment at its memory base");
});

test("a truncated file is refused", () => {
  expect(() => dataSegment(file([11, 9, 1, ...AT_MEMORY_BASE, 3, 7]))).toThrow("truncated");
  expect(() => dataSegment(file([11]))).toThrow("truncated");
});

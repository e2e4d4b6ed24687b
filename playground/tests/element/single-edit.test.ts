import { expect, it } from "vitest";
import { applyEdits } from "../../src/editor/edit.ts";
import { singleEdit } from "../../src/element/single-edit.ts";

it.each([
  ["an added start", "b\n", "a\nb\n", { from: 0, to: 0, insert: "a\n" }],
  ["an added part", "[]", "[1]", { from: 1, to: 1, insert: "1" }],
  ["a repeated part", "aa", "aaa", { from: 2, to: 2, insert: "a" }],
  ["a removed part", "aaa", "a", { from: 1, to: 3, insert: "" }],
  ["a replaced part", "a1c", "a2c", { from: 1, to: 2, insert: "2" }],
  ["no change", "a", "a", { from: 1, to: 1, insert: "" }],
  ["empty text", "", "a", { from: 0, to: 0, insert: "a" }],
  ["CRLF line breaks", "a\r\nb\r\n", "a\r\nx\nb\r\n", { from: 2, to: 2, insert: "x\n" }],
])("%s is one edit", (_, before, after, edit) => {
  expect(singleEdit(before, after)).toEqual(edit);
  expect(applyEdits(before.replaceAll("\r", ""), [edit])).toBe(after.replaceAll("\r", ""));
});

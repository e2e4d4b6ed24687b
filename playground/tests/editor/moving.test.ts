import { expect, test } from "vitest";
import { type MoveDirection, moveAt } from "../../src/editor/moving.ts";

const HEAD = '"""Module."""\nimport a\n';
const F = "# About f.\n@tag\ndef f():\n    return 1  # one\n    # more";
const X = "X = 1";
const G = "def g():\n    return 2";
const MODULE = `${HEAD}\n${F}\n\n\n${X}\n\n${G}\n`;

/** Move the statement at `at`. Return the changed module, and the text at the caret. */
function moved(at: string, direction: MoveDirection, text = MODULE): [string, string] | null {
  const position = text.indexOf(at);
  const move = moveAt(text, position, direction);
  if (move === null) return null;
  const after = [...move.edits]
    .reverse()
    .reduce((code, { from, to, insert }) => code.slice(0, from) + insert + code.slice(to), text);
  return [after, after.slice(position + move.offset).slice(0, at.length)];
}

test.each<[string, MoveDirection, string]>([
  ["return 1", "down", `${HEAD}\n${X}\n\n\n${F}\n\n${G}\n`],
  ["# About f", "down", `${HEAD}\n${X}\n\n\n${F}\n\n${G}\n`],
  ["# more", "down", `${HEAD}\n${X}\n\n\n${F}\n\n${G}\n`],
  ["X = 1", "up", `${HEAD}\n${X}\n\n\n${F}\n\n${G}\n`],
  ["X = 1", "down", `${HEAD}\n${F}\n\n\n${G}\n\n${X}\n`],
  ["def g", "up", `${HEAD}\n${F}\n\n\n${G}\n\n${X}\n`],
])("the statement at %j moves %s, and the caret moves with it", (at, direction, after) => {
  expect(moved(at, direction)).toEqual([after, at]);
});

test.each<[string, MoveDirection]>([
  ["def f", "up"],
  ["def g", "down"],
  ["import a", "down"],
  ["\nX", "up"],
])("nothing moves from %j %s", (at, direction) => {
  expect(moved(at, direction)).toBe(null);
});

test("a file without a final line break keeps it so", () => {
  expect(moved("def g", "up", `${F}\n\n\n${G}`)?.[0]).toBe(`${G}\n\n\n${F}`);
});

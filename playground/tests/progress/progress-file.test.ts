import { expect, test } from "vitest";
import { parseProgress, progressFile, readProgressFile } from "../../src/progress/progress-file.ts";

const STEPS = {
  "reruns/predict": { done: "aaa", doneAt: 1, code: { "flow.py": "mine\n" }, codeAt: 2 },
  "reruns/old": {},
};
const GOOD = progressFile(STEPS, new Date(0));

function changed(change: (content: Record<string, unknown>) => void): string {
  const content = JSON.parse(GOOD);
  change(content);
  return JSON.stringify(content);
}

test("a saved file has the same steps when it is loaded", () => {
  expect(parseProgress(GOOD)).toEqual(STEPS);
});

test("unknown fields of later versions are ignored", () => {
  expect(parseProgress(changed((content) => Object.assign(content, { course: "other" })))).toEqual(STEPS);
});

test.each([
  ["", "It is not a JSON file."],
  ["PK\u0003\u0004", "It is not a JSON file."],
  ["[]", "It is not a progress file from this site."],
  ["null", "It is not a progress file from this site."],
  ['{"format": "other", "version": 1}', "It is not a progress file from this site."],
  [
    changed((content) => Object.assign(content, { version: 2 })),
    "It was saved by a newer version of this site. Reload the page and try again.",
  ],
  [changed((content) => Object.assign(content, { steps: [] })), "It is damaged at “steps”."],
  [
    changed((content) => Object.assign(content, { steps: { "reruns/predict": { code: { "flow.py": 1 } } } })),
    "It is damaged at “steps.reruns/predict.code.flow.py”.",
  ],
  [
    changed((content) => Object.assign(content, { steps: { a: { codeAt: -1 } } })),
    "It is damaged at “steps.a.codeAt”.",
  ],
])("%s cannot be loaded: %s", (text, message) => {
  expect(() => parseProgress(text)).toThrow(message);
});

test("a file that is too large is not read", async () => {
  const file = { size: 5_000_001, text: () => Promise.reject(new Error("read")) } as unknown as Blob;
  await expect(readProgressFile(file)).rejects.toThrow("larger than 5 MB");
});

import { render } from "@lit-labs/ssr";
import { collectResultSync } from "@lit-labs/ssr/lib/render-result.js";
import { expect, test } from "vitest";
import { isCheckKey } from "../../src/lesson/bar.ts";
import { type Checking, type ResultProps, resultTemplate } from "../../src/lesson/result.ts";

function textOf(result: ResultProps | Checking | null): string {
  const markup = collectResultSync(render(resultTemplate(result)));
  return markup
    .replace(/<!--.*?-->/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function result(view: Partial<ResultProps["view"]>, more: Partial<ResultProps> = {}): ResultProps {
  const complete = { passed: false, message: "", criteria: [], ...view };
  return { view: complete, isOutdated: false, matters: "It matters.", next: null, onOpen: null, ...more };
}

test("a step without a result shows none", () => {
  expect(textOf(null)).toBe("");
  expect(textOf({ waitingFor: null })).toBe("Checking…");
  expect(textOf({ waitingFor: "Starting Python: 4.2 of 13.1 MB" })).toBe(
    "Checking… Python is loading. Starting Python: 4.2 of 13.1 MB",
  );
});

test("criteria that are not met come first, then those that could not be checked", () => {
  const criteria = [
    { text: "There is a node", passed: true },
    { text: "It is positive", passed: null },
    { text: "It is a number", passed: false },
  ];
  expect(textOf(result({ message: "Return a number.", criteria }))).toBe(
    "1 of 3 criteria met. Return a number. ✕ Not met: It is a number ? Not checked: It is positive ✓ Met: There is a node",
  );
});

test("once a step is passed, the page explains why it matters and links to the next step", () => {
  const next = { title: "Add an input", url: "#step-add-an-input" };
  expect(textOf(result({ passed: true }, { next, onOpen: () => {} }))).toBe(
    "Correct. It matters. Next step: Add an input Open in the playground",
  );
  expect(textOf(result({ passed: false, message: "Not yet." }, { next }))).toBe("Not yet.");
});

test("a result for code that has been edited since is marked", () => {
  expect(textOf(result({ message: "Return a number." }, { isOutdated: true }))).toBe(
    "Edited since this check. Return a number.",
  );
});

test("after the last step of a lesson, the page links to the next lesson", () => {
  const next = { title: "What reruns", url: "../reruns/" };
  expect(textOf(result({ passed: true }, { next }))).toBe("Correct. It matters. Next lesson: What reruns");
});

test("after the last step of the course, the page links to all lessons", () => {
  expect(textOf(result({ passed: true }))).toBe("Correct. It matters. All lessons");
});

test("Check's shortcut is Run's shortcut with Shift", () => {
  const key = { key: "Enter", shiftKey: true, ctrlKey: true, metaKey: false, altKey: false } as KeyboardEvent;
  expect(isCheckKey(key)).toBe(true);
  expect(isCheckKey({ ...key, ctrlKey: false, metaKey: true })).toBe(true);
  expect(isCheckKey({ ...key, shiftKey: false })).toBe(false);
  expect(isCheckKey({ ...key, ctrlKey: false })).toBe(false);
});

test("lines that begin with a hyphen are a list, and their markup is text", () => {
  const message =
    "All tests pass on code with these faults:\n- The sum is <b>one</b> too high.\n- `label` is empty.\nAdd a test.";
  const markup = collectResultSync(render(resultTemplate(result({ message })))).replace(/<!--.*?-->/g, "");
  expect(markup).toContain(
    "faults:<ul><li>The sum is &lt;b&gt;one&lt;/b&gt; too high.</li><li><code>label</code> is empty.</li></ul>Add a test.",
  );
});

test("a hyphen within a line is text", () => {
  const markup = collectResultSync(render(resultTemplate(result({ message: "The total is 3 - 1.\n-1 is wrong." }))));
  expect(markup).not.toContain("<li>");
});

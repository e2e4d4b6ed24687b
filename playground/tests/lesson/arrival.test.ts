import { expect, test } from "vitest";
import { Arrivals } from "../../src/lesson/arrival.ts";

const LESSON = { pathname: "/course/trust/", hash: "" };

test("after instant navigation, the focus moves to the title of the lesson", () => {
  expect(new Arrivals("/course/").at(LESSON)).toBe("title");
});

test("a link to a step moves the focus to the step", () => {
  expect(new Arrivals("/course/").at({ ...LESSON, hash: "#step-warn-or-fail" })).toBe("step-warn-or-fail");
});

test("a link to another part of the page leaves the focus to the browser", () => {
  expect(new Arrivals("/course/").at({ ...LESSON, hash: "#next-steps" })).toBeNull();
});

test("the browser sets the focus on the page that it loads", () => {
  expect(new Arrivals(LESSON.pathname).at(LESSON)).toBeNull();
});

test("the visitor arrives once, with the first step", () => {
  const arrivals = new Arrivals("/course/");
  arrivals.at(LESSON);
  expect(arrivals.at(LESSON)).toBeNull();
});

test("the visitor may leave a lesson and come back", () => {
  const arrivals = new Arrivals(LESSON.pathname);
  arrivals.leave();
  expect(arrivals.at(LESSON)).toBe("title");
});

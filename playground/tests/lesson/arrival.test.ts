import { expect, test } from "vitest";
import { Arrivals } from "../../src/lesson/arrival.ts";

/** The article of a page. Each navigation creates a new one. */
function newArticle(): Element {
  return {} as Element;
}

test("after instant navigation, the focus moves to the title of the lesson", () => {
  expect(new Arrivals(newArticle()).at({ article: newArticle(), hash: "" })).toBe("title");
});

test("a link to a step moves the focus to the step", () => {
  expect(new Arrivals(newArticle()).at({ article: newArticle(), hash: "#step-warn-or-fail" })).toBe(
    "step-warn-or-fail",
  );
});

test("a link to another part of the page leaves the focus to the browser", () => {
  expect(new Arrivals(newArticle()).at({ article: newArticle(), hash: "#next-steps" })).toBeNull();
});

test("the browser sets the focus on the page that it loads", () => {
  const article = newArticle();
  expect(new Arrivals(article).at({ article, hash: "" })).toBeNull();
});

test("an arrival moves the focus only once", () => {
  const arrivals = new Arrivals(newArticle());
  const article = newArticle();
  arrivals.at({ article, hash: "" });
  expect(arrivals.at({ article, hash: "" })).toBeNull();
});

test("the visitor can leave the loaded lesson and come back, even if no step of the other lesson was built", () => {
  expect(new Arrivals(newArticle()).at({ article: newArticle(), hash: "" })).toBe("title");
});

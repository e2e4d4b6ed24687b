import type { Rect } from "@codemirror/view";
import { expect, test } from "vitest";
import { infoPosition } from "../../src/editor/info-position.ts";

const rect = (left: number, top: number, width: number, height: number): Rect => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

const LIST = rect(100, 100, 200, 150);
const OPTION = rect(100, 140, 200, 18);
const INFO = rect(0, 0, 300, 80);

test.each([
  ["right of the list", rect(0, 0, 1000, 600), "top: 40px; max-width: 400px", "cm-completionInfo-right"],
  [
    "left of the list if there is no space on the right",
    rect(-400, 0, 800, 600),
    "top: 40px; max-width: 400px",
    "cm-completionInfo-left",
  ],
  ["moved up at the bottom edge", rect(0, 0, 1000, 190), "top: 10px; max-width: 400px", "cm-completionInfo-right"],
  ["below the list in a narrow pane", rect(0, 0, 500, 600), "top: 150px; left: 0px; max-width: 400px", ""],
  [
    "above the typed line if there is no space below",
    rect(0, -100, 500, 380),
    "bottom: 170px; left: 0px; max-width: 400px",
    "",
  ],
  [
    "inside a pane that is narrower than a description",
    rect(0, 0, 320, 600),
    "top: 150px; left: -82px; max-width: 320px",
    "",
  ],
])("a description is %s", (_, space, style, className) => {
  expect(infoPosition(LIST, OPTION, INFO, rect(100, 80, 1, 20), space)).toEqual({ style, class: className });
});

test("a description is below the typed line if the list is above it", () => {
  const { style } = infoPosition(LIST, OPTION, INFO, rect(100, 250, 1, 20), rect(0, 0, 500, 600));
  expect(style).toBe("top: 170px; left: 0px; max-width: 400px");
});

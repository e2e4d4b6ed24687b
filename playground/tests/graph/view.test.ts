import { describe, expect, test } from "vitest";
import {
  fitView,
  keepInView,
  MARGIN,
  panView,
  readableView,
  revealBox,
  scaleToFit,
  transformOf,
  zoomView,
} from "../../src/graph/view.ts";

const PICTURE = { width: 800, height: 400 };
const PANE = { width: 418, height: 600 };

describe("a view", () => {
  test("that is fitted shows the whole drawing with its margin", () => {
    expect(scaleToFit(PICTURE, PANE)).toBeCloseTo(418 / (800 + 2 * MARGIN));
  });

  test("that is fitted does not enlarge a small drawing", () => {
    expect(scaleToFit({ width: 10, height: 10 }, PANE)).toBe(1.25);
  });

  test("that is fitted does not move the drawing", () => {
    const fit = fitView(PICTURE, PANE);
    expect(transformOf(fit, fit)).toBe("translate(0.00px, 0.00px) scale(1.00000)");
  });

  test("keeps the same point under the pointer while it zooms", () => {
    const fit = fitView(PICTURE, PANE);
    const view = panView(fit, 30, -20);
    const at = { x: 50, y: 80 };
    const near = zoomView(view, 2, at, fit);
    const under = (seen: typeof view): [number, number] => [(at.x - seen.x) / seen.scale, (at.y - seen.y) / seen.scale];
    expect(under(near)[0]).toBeCloseTo(under(view)[0]);
    expect(under(near)[1]).toBeCloseTo(under(view)[1]);
  });

  test("limits the scale in both directions", () => {
    const fit = fitView(PICTURE, PANE);
    expect(zoomView(fit, 1e9, { x: 0, y: 0 }, fit).scale).toBe(4);
    expect(zoomView(fit, 1e-9, { x: 0, y: 0 }, fit).scale).toBe(0.1);
  });

  test("keeps part of the drawing visible", () => {
    const lost = panView(fitView(PICTURE, PANE), 1e6, -1e6);
    const view = keepInView(lost, PICTURE, PANE);
    expect(view.x).toBeLessThan(PANE.width);
    expect(view.y).toBeGreaterThan(-PANE.height);
  });

  test("moves just far enough to reveal a box", () => {
    const view = { scale: 2, x: 0, y: 0 };
    const shown = revealBox(view, { x: 0, y: 180, width: 50, height: 40 }, PICTURE, PANE);
    expect(shown.x + (0 - 400) * 2).toBeCloseTo(-PANE.width / 2 + MARGIN);
    expect(shown.y).toBe(0);
    expect(revealBox(shown, { x: 0, y: 180, width: 50, height: 40 }, PICTURE, PANE)).toEqual(shown);
  });
});

describe("the initial view on a touch screen", () => {
  test("is the fitted drawing if its names are readable, or if it has many nodes", () => {
    expect(readableView({ width: 300, height: 200 }, PANE, 5, null)).toBeNull();
    expect(readableView(PICTURE, PANE, 31, null)).toBeNull();
  });

  test("has readable names, and begins at the left edge of a wide drawing", () => {
    const view = readableView(PICTURE, PANE, 8, null);
    expect(view?.scale).toBeCloseTo(10 / 12);
    expect(view?.y).toBe(0);
    const left = (view?.x ?? 0) - (PICTURE.width / 2) * (view?.scale ?? 0);
    expect(left).toBeCloseTo(-PANE.width / 2 + (MARGIN * 10) / 12);
  });

  test("shows a given box", () => {
    const view = readableView(PICTURE, PANE, 8, { x: 700, y: 10, width: 80, height: 30 });
    const right = (view?.x ?? 0) + (780 - PICTURE.width / 2) * (view?.scale ?? 0);
    expect(right).toBeLessThanOrEqual(PANE.width / 2);
  });
});

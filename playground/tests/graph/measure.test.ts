import { describe, expect, test } from "vitest";
import { columnCount, measureNode } from "../../src/graph/measure.ts";
import { nodeOf } from "./graphs.ts";

describe("the size of a node", () => {
  test("fits short texts", () => {
    expect(measureNode(nodeOf("anomaly", { type: "Series" }))).toEqual({
      name: "anomaly",
      type: "Series",
      width: 97,
      height: 42,
    });
  });

  test("grows with the longer of name and type", () => {
    const byName = measureNode(nodeOf("seasonal_baseline")).width;
    const byType = measureNode(nodeOf("a", { type: "dict[str, DataFrame]" })).width;
    expect(byName).toBeGreaterThan(measureNode(nodeOf("baseline")).width);
    expect(byType).toBeGreaterThan(measureNode(nodeOf("a")).width);
  });

  test("is limited for long texts", () => {
    const widest = measureNode(nodeOf("n".repeat(5000), { type: "t".repeat(5000) })).width;
    expect(widest).toBeLessThan(290);
  });

  test("keeps both ends of a long name and the beginning of a long type", () => {
    const face = measureNode(
      nodeOf("share_of_days_warmer_than_usual_in_winter", { type: `Annotated[DataFrame, ${"x".repeat(40)}]` }),
    );
    expect(face.name).toBe("share_of_days_w…sual_in_winter");
    expect(face.type).toMatch(/^Annotated\[DataFrame, x+…$/);
    expect(columnCount(face.name)).toBe(30);
    expect(columnCount(face.type)).toBe(34);
  });

  test.each([
    ["größe", 5],
    ["gro\u0308ße", 5],
    ["気温", 4],
    ["a…b", 3],
    ["", 0],
  ])("counts the columns of %j as %i", (text, columns) => {
    expect(columnCount(text)).toBe(columns);
  });
});

import { render } from "@lit-labs/ssr";
import { collectResult } from "@lit-labs/ssr/lib/render-result.js";
import { describe, expect, it } from "vitest";
import type { TablePreview } from "../../src/protocol.ts";
import { pagerTemplate, rangeText } from "../../src/values/pager.ts";

async function htmlOf(table: Partial<TablePreview>): Promise<string> {
  const columns = Array(table.rows?.[0]?.length ?? 0).fill({ name: "", dtype: "int64" });
  const preview: TablePreview = {
    kind: "table",
    type: "DataFrame",
    columns,
    indexes: 1,
    rows: [],
    shape: [0, 0],
    ...table,
  };
  const template = pagerTemplate(preview, { isLoading: false, onPosition: () => undefined });
  return (await collectResult(render(template))).replaceAll(/<!--.*?-->/gs, "").replaceAll(/\s+/g, " ");
}

const rows = (count: number, columns: number): string[][] => Array(count).fill(Array(columns + 1).fill(""));

describe("the pager of a table", () => {
  it("states which rows are shown", () => {
    expect(rangeText("rows", 1_000, 50, 1_461)).toBe("rows 1,001 to 1,050 of 1,461");
  });

  it("is not rendered if everything is shown", async () => {
    expect(await htmlOf({ rows: rows(3, 2), shape: [3, 2] })).toBe("");
  });

  it("moves forward from the beginning and back from the end", async () => {
    const beginning = await htmlOf({ rows: rows(50, 2), shape: [120, 2] });
    expect(beginning).toMatch(/aria-label="Previous rows"[^>]*aria-disabled="true"/);
    expect(beginning).toMatch(/aria-label="Next rows"[^>]*aria-disabled="false"/);
    const end = await htmlOf({ rows: rows(50, 2), shape: [120, 2], row: 70 });
    expect(end).toContain("rows 71 to 120 of 120");
    expect(end).toMatch(/aria-label="Previous rows"[^>]*aria-disabled="false"/);
    expect(end).toMatch(/aria-label="Next rows"[^>]*aria-disabled="true"/);
  });

  it("also pages the columns of a wide table", async () => {
    const html = await htmlOf({ rows: rows(3, 30), shape: [3, 2_000], column: 60 });
    expect(html).toContain("columns 61 to 90 of 2,000");
    expect(html).not.toContain("rows");
  });
});

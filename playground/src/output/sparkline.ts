/** A line through the numbers of a series, as far as its preview goes. */

import { html, nothing, svg, type TemplateResult } from "lit";
import type { TablePreview } from "../protocol.ts";
import { rangeText } from "./pager.ts";

const WIDTH = 320;
const HEIGHT = 56;
const FEWEST = 8;

/** Nothing for what is not one column of numbers with some length. */
export function sparkline(table: TablePreview): TemplateResult | typeof nothing {
  const column = table.columns.length - 1;
  if (column !== table.indexes || !/^(u?int|float)/i.test(table.columns[column]?.dtype ?? "")) return nothing;
  const values = table.rows.map((row) => Number(row[column] || Number.NaN)); // an empty cell is no zero
  const known = values.filter(Number.isFinite);
  if (known.length < FEWEST) return nothing;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const asPrinted = (value: number): string => table.rows[values.indexOf(value)]?.[column] ?? "";
  const { row = 0 } = table;
  const whole = values.length >= (table.shape[0] ?? 0);
  const shown = whole
    ? "all values"
    : row === 0
      ? `the first ${values.length} values`
      : rangeText("values", row, values.length, table.shape[0] ?? 0);
  return html`<figure class="sparkline">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" preserveAspectRatio="none">
      ${segments(values, low, high).map((points) => svg`<polyline points=${points} vector-effect="non-scaling-stroke"></polyline>`)}
    </svg>
    <figcaption>${shown}, ${asPrinted(low)} to ${asPrinted(high)}</figcaption>
  </figure>`;
}

/** The points of each stretch without gaps: a missing value interrupts the line. */
function segments(values: readonly number[], low: number, high: number): string[] {
  const stretches: string[][] = [[]];
  const step = WIDTH / Math.max(values.length - 1, 1);
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      stretches.push([]);
      return;
    }
    const y = high === low ? HEIGHT / 2 : HEIGHT - 3 - ((value - low) / (high - low)) * (HEIGHT - 6);
    stretches.at(-1)?.push(`${(index * step).toFixed(1)},${y.toFixed(1)}`);
  });
  return stretches.filter((points) => points.length > 1).map((points) => points.join(" "));
}

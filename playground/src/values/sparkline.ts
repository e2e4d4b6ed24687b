/** Sparklines of series. Python sends the smallest and the largest value of each part of a series. */

import { html, nothing, svg, type TemplateResult } from "lit/html.js";
import type { CurveView, TablePreview } from "../protocol.ts";

const WIDTH = 320;
const HEIGHT = 56;
/** Pixels between the line and the edge. */
const MARGIN = 3;

/** Render a sparkline; nothing for tables that are not a single column of numbers, dates or booleans. */
export function sparkline({ curve }: TablePreview): TemplateResult | typeof nothing {
  if (curve === undefined) return nothing;
  return html`<figure class="sparkline">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" preserveAspectRatio="none">
      ${segments(curve.points).map((points) => svg`<polyline points=${points} vector-effect="non-scaling-stroke"></polyline>`)}
    </svg>
    <figcaption>${caption(curve)}</figcaption>
  </figure>`;
}

function caption({ count, gaps, low, high }: CurveView): string {
  const range = low === high ? `all ${low}` : `${low} to ${high}`;
  const values = `${count.toLocaleString("en")} values`;
  return gaps === 0 ? `${values}, ${range}` : `${values}, ${range}; ${gaps.toLocaleString("en")} missing or infinite`;
}

/** Split the line at its gaps, which are parts without values, and return the points of each segment. */
function segments(parts: readonly (readonly number[])[]): string[] {
  const stretches: string[][] = [[]];
  const step = WIDTH / Math.max(parts.length, 1);
  parts.forEach((heights, part) => {
    if (heights.length === 0) stretches.push([]);
    heights.forEach((height, at) => {
      const x = (part + (at + 0.5) / heights.length) * step;
      const y = HEIGHT - MARGIN - Math.min(Math.max(height, 0), 1) * (HEIGHT - 2 * MARGIN);
      stretches.at(-1)?.push(`${x.toFixed(1)},${y.toFixed(1)}`);
    });
  });
  return stretches
    .filter((points) => points.length > 0)
    .map((points) => (points.length > 1 ? points.join(" ") : dot(points)));
}

/** Return a short line for a single value between gaps, because a line of zero length is invisible. */
function dot([point = ""]: readonly string[]): string {
  const [x, y] = point.split(",").map(Number);
  return `${((x ?? 0) - 0.5).toFixed(1)},${y} ${((x ?? 0) + 0.5).toFixed(1)},${y}`;
}

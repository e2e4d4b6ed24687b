/** The pager for a large table: the shown rows and columns, and buttons that move to other rows and columns. */

import { html, nothing, type TemplateResult } from "lit/html.js";
import type { TablePreview } from "../protocol.ts";
import type { TablePosition } from "../runtime/runtime.ts";

/** The number of rows and columns that Python sends at once. */
const ROWS = 50;
const COLUMNS = 30;

export interface Paging {
  /** Whether the requested page has not arrived yet. */
  isLoading: boolean;
  onPosition(position: TablePosition): void;
}

/** Render the pager; nothing for a table that is shown entirely. */
export function pagerTemplate(table: TablePreview, paging: Paging): TemplateResult | typeof nothing {
  const { row = 0, column = 0 } = table;
  const [height = 0, width = 0] = table.shape;
  const across = table.columns.length - table.indexes;
  const taller = table.rows.length < height;
  const wider = across < width;
  if (!taller && !wider) return nothing;
  return html`<div class="pager" aria-busy=${paging.isLoading ? "true" : "false"}>
    ${
      taller
        ? stepsTemplate("rows", row, table.rows.length, height, ROWS, (first) =>
            paging.onPosition({ row: first, column }),
          )
        : nothing
    }
    ${
      taller
        ? html`<label>
            Go to row
            <input
              type="number"
              min="1"
              max=${height}
              step="1"
              placeholder=${row + 1}
              @change=${(event: Event) => goTo(event.target as HTMLInputElement, height, (first) => paging.onPosition({ row: first, column }))}
            />
          </label>`
        : nothing
    }
    ${
      wider
        ? stepsTemplate("columns", column, across, width, COLUMNS, (first) => paging.onPosition({ row, column: first }))
        : nothing
    }
  </div>`;
}

/** Format a range, such as "rows 51 to 100 of 1,461". */
export function rangeText(unit: string, first: number, count: number, of: number): string {
  const [from, to, all] = [first + 1, first + count, of].map((number) => number.toLocaleString("en"));
  return `${unit} ${from} to ${to} of ${all}`;
}

/** Render the buttons. At the ends of the table, they are marked as disabled but stay focusable. */
function stepsTemplate(
  unit: "rows" | "columns",
  first: number,
  count: number,
  of: number,
  size: number,
  onFirst: (first: number) => void,
): TemplateResult {
  const step = (name: string, sign: string, target: number, isEnabled: boolean): TemplateResult =>
    html`<button
      aria-label=${`${name} ${unit}`}
      title=${`${name} ${unit}`}
      aria-disabled=${isEnabled ? "false" : "true"}
      @click=${() => isEnabled && onFirst(target)}
    >
      ${sign}
    </button>`;
  return html`<span class="steps" role="group" aria-label=${unit === "rows" ? "Rows" : "Columns"}>
    ${step("Previous", "‹", Math.max(0, first - size), first > 0)}
    <span role="status">${rangeText(unit, first, count, of)}</span>
    ${step("Next", "›", first + size, first + count < of)}
  </span>`;
}

function goTo(input: HTMLInputElement, height: number, onFirst: (first: number) => void): void {
  const row = Math.trunc(input.valueAsNumber);
  input.value = "";
  if (Number.isNaN(row)) return;
  onFirst(Math.min(Math.max(row, 1), height) - 1);
}

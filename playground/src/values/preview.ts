/** The preview of a value. Python's text is never interpreted as markup or code. */

import { keyed } from "lit/directives/keyed.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Preview, TablePreview } from "../protocol.ts";
import { counted } from "./counted.ts";
import { type Paging, pagerTemplate } from "./pager.ts";
import { sparkline } from "./sparkline.ts";

/**
 * Render a preview.
 *
 * @param paging how to move to other rows and columns in a large table; without it, the first part is shown
 */
export function previewTemplate(preview: Preview, paging?: Paging): TemplateResult {
  switch (preview.kind) {
    case "table":
      return tableTemplate(preview, paging);
    case "scalar":
      return html`<p class="scalar"><output>${preview.text}</output> <span class="type">${preview.type}</span></p>`;
    case "text":
    case "tree":
      return html`<pre class="text" tabindex="0" aria-label=${`Value, ${preview.type}`}>${preview.text}</pre>
        ${preview.truncated ? html`<p class="meta">Only the beginning is shown.</p>` : nothing}`;
    case "image":
      return html`<img class="picture" alt=${`Image, ${preview.type}`} src=${`data:${preview.mime};base64,${preview.data}`} />`;
  }
}

/** Format the size of a table and of its shown part, such as "1,461 rows × 6 columns, the first 50 rows shown". */
export function extentText({ shape, rows, columns, indexes }: TablePreview): string {
  const [height = rows.length, width] = shape;
  const across = columns.length - indexes;
  const extent = sizeText({ shape, rows });
  const shown = [
    ...(rows.length < height ? [counted(rows.length, "row")] : []),
    ...(width !== undefined && across < width ? [counted(across, "column")] : []),
  ];
  return shown.length === 0 ? extent : `${extent}, the first ${shown.join(" and ")} shown`;
}

function sizeText({ shape, rows }: Pick<TablePreview, "shape" | "rows">): string {
  const [height = rows.length, width] = shape;
  return [counted(height, "row"), ...(width === undefined ? [] : [counted(width, "column")])].join(" × ");
}

function tableTemplate(table: TablePreview, paging: Paging | undefined): TemplateResult {
  const isNumeric = table.columns.map((column) => /^(u?int|float|complex|Int|UInt|Float)\d*/.test(column.dtype));
  const cell = (text: string, index: number): TemplateResult =>
    index < table.indexes
      ? html`<th scope="row">${text}</th>`
      : html`<td class=${isNumeric[index] ? "number" : ""}>${text}</td>`;
  const extent = paging === undefined ? extentText(table) : sizeText(table);
  // The region is keyed by page, so a new page is scrolled to the top.
  const region = html`
    <div class="table-scroll" tabindex="0" role="region" aria-label=${`Table, ${extent}`}>
      <table>
        <thead>
          <tr>
            ${table.columns.map(
              (column, index) =>
                html`<th scope="col" class=${index >= table.indexes && isNumeric[index] ? "number" : ""}>
                  ${column.name}<span class="dtype">${column.dtype}</span>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${table.rows.map(
            (row) =>
              html`<tr>
                ${row.map(cell)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
  return html`
    <p class="meta">${table.type} · ${extent}</p>
    ${paging === undefined ? nothing : pagerTemplate(table, paging)} ${sparkline(table)}
    ${keyed(`${table.row} ${table.column}`, region)}
  `;
}

/** The note about the sources and licenses of data files that an export contains. */

import type { Files } from "../protocol.ts";
import type { Workspace } from "../state/workspace.ts";

export const DATA_LICENSES = "DATA_LICENSES.md";

/**
 * Return the note about the example's data files in an export; null if the export contains none of them.
 *
 * A file that the visitor changed or replaced is the visitor's own, so the note does not mention it.
 *
 * @param folder the folder of the files in the export, such as `dataflow/`
 */
export function dataLicensesOf(example: Workspace["example"], files: Files, folder: string): string | null {
  if (example === null) return null;
  const items = Object.entries(example.credits)
    .filter(([name]) => Object.hasOwn(files, name) && files[name] === example.files[name])
    .map(([name, { source, url, license }]) => `- \`${folder}${name}\`: ${source} (<${url}>). License: ${license}.`);
  if (items.length === 0) return null;
  return `# Licenses of the data\n\nThese files come from the example “${example.title}”:\n\n${items.join("\n")}\n`;
}

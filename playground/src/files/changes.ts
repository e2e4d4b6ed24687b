/**
 * Renames, deletes and restores files in a dataflow. The remaining files keep their order, which is also the order of the tabs.
 */

import { applyEdits } from "../editor/edit.ts";
import { moduleOf } from "../editor/functions.ts";
import type { Files } from "../protocol.ts";

/** Rename a file without moving its tab, and update the modules that import the file. */
export function renameFile(files: Files, from: string, to: string): Files {
  const isModule = from.endsWith(".py") && to.endsWith(".py");
  const entries = Object.entries(files).map(([name, text]): [string, string] => [
    name === from ? to : name,
    isModule && name.endsWith(".py") ? updateImports(text, from.slice(0, -3), to.slice(0, -3)) : text,
  ]);
  return Object.fromEntries(entries);
}

export function removeFile(files: Files, deleted: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([name]) => name !== deleted));
}

/** Restore a deleted file at its previous position. */
export function restoreFile(files: Files, { name, text, index }: DeletedFile): Files {
  const entries = Object.entries(files);
  entries.splice(index, 0, [name, text]);
  return Object.fromEntries(entries);
}

/** A deleted file and its previous position. */
export interface DeletedFile {
  name: string;
  text: string;
  index: number;
}

/** Return the file to show after a deletion: the next file, or the previous file if the last one was deleted. */
export function neighborOf(files: Files, deleted: string): string {
  const names = Object.keys(files);
  const index = names.indexOf(deleted);
  return names[index + 1] ?? names[index - 1] ?? "";
}

/** Update imports: `import costs` becomes `import prices as costs`, so the rest of the code still works. */
function updateImports(text: string, from: string, to: string): string {
  const { tree } = moduleOf(text);
  const edits = tree.topNode.getChildren("ImportStatement").flatMap((statement) =>
    statement
      .getChildren("VariableName")
      .filter((name) => text.slice(name.from, name.to) === from)
      .filter(
        (name) => ["from", "import", ","].includes(name.prevSibling?.name ?? "") && name.nextSibling?.name !== ".",
      )
      .filter((name) => statement.firstChild?.name === "import" || name.prevSibling?.name === "from")
      .map((name) => {
        const isPlain = statement.firstChild?.name === "import" && name.nextSibling?.name !== "as";
        return { from: name.from, to: name.to, insert: isPlain ? `${to} as ${from}` : to };
      }),
  );
  return applyEdits(text, edits);
}

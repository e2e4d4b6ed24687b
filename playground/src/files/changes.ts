/** The files of a dataflow after one came, got another name or went. Their order, which is that of the tabs, stays. */

import { applyEdits } from "../editor/edit.ts";
import { moduleOf } from "../editor/functions.ts";
import type { Files } from "../protocol.ts";

/** All files, the renamed one in its place; modules that import it say its new name. */
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

/** All files, and one that had gone in its place again. */
export function restoreFile(files: Files, { name, text, at }: DeletedFile): Files {
  const entries = Object.entries(files);
  entries.splice(at, 0, [name, text]);
  return Object.fromEntries(entries);
}

/** A file that is no longer there, and how many stood before it. */
export interface DeletedFile {
  name: string;
  text: string;
  at: number;
}

/** The file to show once another is gone: the one behind it, or the one before. */
export function neighbourOf(files: Files, gone: string): string {
  const names = Object.keys(files);
  const at = names.indexOf(gone);
  return names[at + 1] ?? names[at - 1] ?? "";
}

/** `import costs` becomes `import prices as costs`, so that what is written below it still holds. */
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

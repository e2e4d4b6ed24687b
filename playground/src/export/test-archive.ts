/**
 * Validation of an exported test before it is saved. Hostile code may have forged Python's answer, so only known files are
 * accepted: the test, files that are open on the page, and files with values in the test's folder.
 */

import type { ExportView, Files } from "../protocol.ts";
import { checkSavable, ExportError, MAX_FILES, quoted } from "./project.ts";
import { fileStem, isDevice, isSafeName } from "./safe-names.ts";

export interface NodeTest {
  /** The file name of the test. */
  name: string;
  text: string;
  /** The test and the files that it needs; null if the test reads no data files. */
  archive: Archive | null;
}

export interface Archive {
  /** The name of the folder, and of the archive without its suffix. */
  name: string;
  files: Files;
}

const DATA = /^([A-Za-z0-9_]{1,80})\.(?:csv|json)$/;

/**
 * @param open the files that are open on the page
 * @throws ExportError
 */
export function nodeTestOf({ files: exported }: Pick<ExportView, "files">, node: string, open: Files): NodeTest {
  const stem = `test_${fileStem(node)}`;
  const name = `${stem}.py`;
  const entries = Object.entries(exported);
  if (entries.length === 1) return { name, text: entries[0]?.[1] ?? "", archive: null };
  if (entries.length > MAX_FILES) throw new ExportError(`The test has more than ${MAX_FILES} files.`);
  const text = Object.hasOwn(exported, name) ? exported[name] : undefined;
  if (text === undefined) throw new ExportError("Python did not return the test. Nothing was saved.");
  const folder = `${stem}_data/`;
  const files: Files = Object.fromEntries(
    entries.map(([path, content]) => {
      if (path === name) {
        if (Object.hasOwn(open, name))
          throw new ExportError(`Your file ${quoted(name)} has the same name as the test. Rename your file.`);
        return [path, content];
      }
      if (path.startsWith(folder)) return isData(path.slice(folder.length)) ? [path, content] : refuse(path);
      if (!Object.hasOwn(open, path)) return refuse(path);
      if (!isSafeName(path)) throw new ExportError(`${quoted(path)} is not a safe file name. Rename the file.`);
      return [path, open[path] ?? ""]; // use the page's text instead of Python's
    }),
  );
  checkSavable(files, "test");
  return { name, text, archive: { name: stem, files } };
}

function isData(name: string): boolean {
  const stem = DATA.exec(name)?.[1];
  return stem !== undefined && !isDevice(stem);
}

function refuse(path: string): never {
  throw new ExportError(`Python returned an unexpected file, ${quoted(path)}. Nothing was saved.`);
}

/**
 * What of Python's answer becomes a test on the visitor's disk. Hostile code may have forged the answer, so it chooses no
 * name: a file is the test, one that is open on the page, or a file with values, in the folder that belongs to the test.
 */

import type { ExportView, Files } from "../protocol.ts";
import { checkSavable, ExportError, MOST_FILES, quoted } from "./project.ts";
import { fileStem, isDevice, isSafeName } from "./safe-names.ts";

export interface NodeTest {
  /** The name of the test's file. */
  name: string;
  text: string;
  /** What the test needs to run, with the test itself, where it reads data files. */
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
export function nodeTestOf({ files: answered }: Pick<ExportView, "files">, node: string, open: Files): NodeTest {
  const stem = `test_${fileStem(node)}`;
  const name = `${stem}.py`;
  const entries = Object.entries(answered);
  if (entries.length === 1) return { name, text: entries[0]?.[1] ?? "", archive: null };
  if (entries.length > MOST_FILES) throw new ExportError(`The test would have more than ${MOST_FILES} files.`);
  const text = Object.hasOwn(answered, name) ? answered[name] : undefined;
  if (text === undefined)
    throw new ExportError("Python answered with something that is not a test. Nothing was saved.");
  const folder = `${stem}_data/`;
  const files: Files = Object.fromEntries(
    entries.map(([path, content]) => {
      if (path === name) {
        if (Object.hasOwn(open, name))
          throw new ExportError(`${quoted(name)} is the name of the test. Rename your file.`);
        return [path, content];
      }
      if (path.startsWith(folder)) return isData(path.slice(folder.length)) ? [path, content] : refuse(path);
      if (!Object.hasOwn(open, path)) return refuse(path);
      if (!isSafeName(path))
        throw new ExportError(`${quoted(path)} cannot be exported under this name. Rename the file.`);
      return [path, open[path] ?? ""]; // as the visitor sees it, whatever Python makes of it
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
  throw new ExportError(`Python answered with a file that no test has, ${quoted(path)}. Nothing was saved.`);
}

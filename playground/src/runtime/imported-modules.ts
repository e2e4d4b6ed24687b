/**
 * The modules that source code imports, found without parsing it. Imports that do not start a line, such as those after a
 * semicolon, are found when they are executed; see `pack_imports.py`.
 */

import type { Files } from "../protocol.ts";

const STATEMENT =
  /^[ \t]*(?:from[ \t]+([\p{L}_][\p{L}\p{N}_]*)[\p{L}\p{N}_.]*[ \t]+import\b|import[ \t]+([^#;\r\n]+))/gmu;
const NAME = /^[\p{L}_][\p{L}\p{N}_]*/u;

/**
 * A string that may make pandas import pyarrow, such as `dtype="int64[pyarrow]"`. Not all strings that match have this effect.
 */
const ARROW_STRING = /["'[]pyarrow["'\]]/;

/** Return the top-level modules that source code imports. */
export function importedModules(source: string): Set<string> {
  const modules = new Set<string>();
  for (const [, from, list = ""] of source.matchAll(STATEMENT)) {
    for (const target of from === undefined ? list.split(",") : [from]) {
      const [name] = NAME.exec(target.trim()) ?? [];
      if (name !== undefined) modules.add(name);
    }
  }
  if (ARROW_STRING.test(source)) modules.add("pyarrow");
  return modules;
}

/** Return the top-level modules that the modules in `files` import, without the modules in `files` themselves. */
export function modulesImportedBy(files: Files): Set<string> {
  const modules = Object.keys(files).filter((name) => name.endsWith(".py"));
  const imported = new Set(modules.flatMap((name) => [...importedModules(files[name] ?? "")]));
  for (const name of modules) imported.delete(name.replace(/\.py$/, ""));
  return imported;
}

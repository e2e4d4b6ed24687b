/**
 * Validation of an exported project before it is saved. Hostile code may have forged Python's answer, so only known files in
 * their expected folders are accepted: files that every project has, files that are open on the page, and files with values.
 */

import type { ExportView, Files } from "../protocol.ts";
import { packagesOf } from "./project-file.ts";
import { caseless, folderName, isDevice, isSafeName } from "./safe-names.ts";

export interface Project {
  /** The name of the folder, and of the archive. */
  name: string;
  /** The text of each file, keyed by its path within the folder. */
  files: Files;
  /** The packages that pip fetches from the package index, besides pytest. */
  packages: string[];
}

/** Trusted data about a project, which does not come from Python. */
export interface ProjectContext {
  title: string;
  files: Files;
  /** The requirement that installs Headwater. */
  engine: string;
}

/** An export that is refused. The message is for the visitor. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}

const README = "README.md";
const PROJECT_FILE = "pyproject.toml";
const VALUE_TESTS = "tests/test_values.py";
const PROGRAM = /^run(?:_dataflow[0-9]{0,2})?\.py$/;
const VALUES = /^tests\/values\/([A-Za-z0-9_]{1,80})\.(?:csv|json)$/;

/** The folder of the dataflow's own files. */
export const FOLDER = "dataflow/";

export const MAX_FILES = 2000;
export const MAX_CHARACTERS = 25_000_000;

/** @throws ExportError if two files have the same name on some systems, or the files are too large to save */
export function checkSavable(files: Files, what: "project" | "test"): void {
  const paths = Object.keys(files);
  if (new Set(paths.map(caseless)).size < paths.length) {
    throw new ExportError(`Two files in the ${what} have the same name on some systems. Rename one of them.`);
  }
  if (Object.values(files).reduce((sum, text) => sum + text.length, 0) > MAX_CHARACTERS) {
    throw new ExportError(`The ${what} is too large to save.`);
  }
}

/** @throws ExportError */
export function projectOf(
  { files: exported }: Pick<ExportView, "files">,
  { title, files: open, engine }: ProjectContext,
): Project {
  const entries = Object.entries(exported);
  if (entries.length > MAX_FILES) throw new ExportError(`The project has more than ${MAX_FILES} files.`);
  const files: Files = Object.fromEntries(
    entries.map(([path, text]) => {
      const name = path.startsWith(FOLDER) ? path.slice(FOLDER.length) : null;
      if (name === null) return isKnown(path) ? [path, text] : refuse(path);
      if (!Object.hasOwn(open, name)) return refuse(path);
      if (!isSafeName(name)) throw new ExportError(`${quoted(name)} is not a safe file name. Rename the file.`);
      return [path, open[name] ?? ""]; // use the page's text instead of Python's
    }),
  );
  checkSavable(files, "project");
  const paths = Object.keys(files);
  if (![README, PROJECT_FILE, VALUE_TESTS].every((path) => path in files) || paths.filter(isProgram).length !== 1) {
    throw new ExportError("Python returned an incomplete project. Nothing was saved.");
  }
  const packages = packagesOf(files[PROJECT_FILE] ?? "", engine);
  if (packages === null) {
    throw new ExportError("Python returned an invalid pyproject.toml. Nothing was saved.");
  }
  return { name: folderName(title), files, packages };
}

function isKnown(path: string): boolean {
  const values = VALUES.exec(path)?.[1];
  if (values !== undefined) return !isDevice(values);
  return path === README || path === PROJECT_FILE || path === VALUE_TESTS || isProgram(path);
}

function isProgram(path: string): boolean {
  return PROGRAM.test(path);
}

function refuse(path: string): never {
  throw new ExportError(`Python returned an unexpected file, ${quoted(path)}. Nothing was saved.`);
}

const MAX_QUOTED_LENGTH = 80;

/**
 * Quote a name in a message. All characters except printable ASCII are escaped, because they may be invisible or misleading.
 */
export function quoted(name: string): string {
  const part = [...name].slice(0, MAX_QUOTED_LENGTH).join("");
  const visible = part.replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return `“${visible}${part === name ? "" : "…"}”`;
}

/**
 * What of Python's answer becomes a project on the visitor's disk. Hostile code may have forged the answer, so it chooses no
 * name: a file is one that every project has, one that is open on the page, or a file with values, each in its folder.
 */

import type { ExportView, Files } from "../protocol.ts";
import { packagesOf } from "./project-file.ts";
import { caseless, folderName, isDevice, isSafeName } from "./safe-names.ts";

export interface Project {
  /** The name of the folder, and of the archive. */
  name: string;
  /** The texts by their paths below the folder. */
  files: Files;
  /** What pip fetches from its registry, besides pytest. */
  packages: string[];
}

/** What the page knows without asking Python. */
export interface ProjectContext {
  title: string;
  /** The files that are open. */
  files: Files;
  /** The requirement by which a project gets Headwater. */
  engine: string;
}

/** An answer that no project is made of; the message is a sentence for the visitor. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}

const README = "README.md";
const PROJECT_FILE = "pyproject.toml";
const VALUE_TESTS = "tests/test_values.py";
const PROGRAM = /^run(?:_dataflow[0-9]{0,2})?\.py$/;
const VALUES = /^tests\/values\/([A-Za-z0-9_]{1,80})\.(?:csv|json)$/;
const FOLDER = "dataflow/";

export const MOST_FILES = 2000;
export const MOST_CHARACTERS = 25_000_000;

/** @throws ExportError for files that would be one on some systems, or are too much for a page to save */
export function checkSavable(files: Files, what: "project" | "test"): void {
  const paths = Object.keys(files);
  if (new Set(paths.map(caseless)).size < paths.length) {
    throw new ExportError(`Two files of the ${what} would be one file on many systems. Rename one of them.`);
  }
  if (Object.values(files).reduce((sum, text) => sum + text.length, 0) > MOST_CHARACTERS) {
    throw new ExportError(`The ${what} would be too large for a page to save.`);
  }
}

/** @throws ExportError */
export function projectOf(
  { files: answered }: Pick<ExportView, "files">,
  { title, files: open, engine }: ProjectContext,
): Project {
  const entries = Object.entries(answered);
  if (entries.length > MOST_FILES) throw new ExportError(`The project would have more than ${MOST_FILES} files.`);
  const files: Files = Object.fromEntries(
    entries.map(([path, text]) => {
      const name = path.startsWith(FOLDER) ? path.slice(FOLDER.length) : null;
      if (name === null) return isKnown(path) ? [path, text] : refuse(path);
      if (!Object.hasOwn(open, name)) return refuse(path);
      if (!isSafeName(name))
        throw new ExportError(`${quoted(name)} cannot be exported under this name. Rename the file.`);
      return [path, open[name] ?? ""]; // as the visitor sees it, whatever Python makes of it
    }),
  );
  checkSavable(files, "project");
  const paths = Object.keys(files);
  if (![README, PROJECT_FILE, VALUE_TESTS].every((path) => path in files) || paths.filter(isProgram).length !== 1) {
    throw new ExportError("Python answered with something that is not a whole project. Nothing was saved.");
  }
  const packages = packagesOf(files[PROJECT_FILE] ?? "", engine);
  if (packages === null) {
    throw new ExportError("Python answered with a pyproject.toml that no project has. Nothing was saved.");
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
  throw new ExportError(`Python answered with a file that no project has, ${quoted(path)}. Nothing was saved.`);
}

const LONGEST_SHOWN = 80;

/** A name within a sentence: what nobody would see, or would take for something else, is written as an escape. */
export function quoted(name: string): string {
  const part = [...name].slice(0, LONGEST_SHOWN).join("");
  const visible = part.replace(/[^\x20-\x7e]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
  return `“${visible}${part === name ? "" : "…"}”`;
}

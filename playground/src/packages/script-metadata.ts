/** The metadata of scripts (PEP 723): a TOML document, inside a comment, with the packages that a module needs. */

import { satisfies, validRange } from "@renovatebot/pep440";
import { parse, TomlError } from "smol-toml";
import * as v from "valibot";
import type { Files } from "../protocol.ts";
import { type ScriptBlock, scriptBlocksOf } from "../script-blocks.ts";
import { normalizeName, PYTHON } from "./simple-index.ts";

const START = "# /// script";
/** Limits that ordinary code does not reach. They are needed because a link may contain any metadata. */
const MAX_LENGTH = 50_000;
const MAX_REQUIREMENTS = 100;
export const MAX_REQUIREMENT_LENGTH = 500;
const LIST = /^# dependencies\s*=\s*\[(.*)$/m;
/** The shebang line of a module. */
const SHEBANG = /^#!.*(?:\n|$)/;

const Metadata = v.object({
  dependencies: v.optional(v.array(v.string()), []),
  "requires-python": v.optional(v.string(), ""),
});

/** The metadata of a module cannot be read. The message is for the visitor. */
export class BadMetadata extends Error {
  override readonly name = "BadMetadata";
}

/**
 * Return the requirements of all modules, without duplicates.
 *
 * @throws BadMetadata
 */
export function requirementsIn(files: Files): string[] {
  const modules = Object.entries(files).filter(([name]) => name.endsWith(".py"));
  const requirements = new Set(modules.flatMap(([name, text]) => requirementsOf(name, text)));
  if (requirements.size > MAX_REQUIREMENTS)
    throw new BadMetadata(`The script metadata lists more than ${MAX_REQUIREMENTS} packages.`);
  return [...requirements];
}

function requirementsOf(file: string, text: string): string[] {
  const [block, second] = scriptBlocksOf(text);
  if (block === undefined) return [];
  if (second !== undefined)
    throw new BadMetadata(`The script metadata cannot be read. There is a second block (${file}:${second.line}).`);
  if (block.toml.length > MAX_LENGTH)
    throw new BadMetadata(`The script metadata cannot be read. It is too long (${file}:${block.line}).`);
  const metadata = parsed(file, block);
  if (metadata.dependencies.some(({ length }) => length > MAX_REQUIREMENT_LENGTH))
    throw new BadMetadata(`The script metadata cannot be read. A requirement is too long (${file}:${block.line}).`);
  const pythons = metadata["requires-python"];
  if (validRange(pythons) && !satisfies(PYTHON, pythons))
    throw new BadMetadata(`${file} requires Python ${pythons}, but this page has Python ${PYTHON}.`);
  return metadata.dependencies;
}

function parsed(file: string, { toml, line }: ScriptBlock): v.InferOutput<typeof Metadata> {
  try {
    return v.parse(Metadata, parse(toml));
  } catch (error) {
    const [reason, position] =
      error instanceof TomlError
        ? ["It is not valid TOML", line + error.line]
        : ["Its `dependencies` must be a list of strings", line];
    throw new BadMetadata(`The script metadata cannot be read. ${reason} (${file}:${position}).`);
  }
}

/**
 * Add a requirement to a module's metadata. Create the metadata block if there is none.
 *
 * @returns the text of the module; null if its metadata has a form that cannot be changed safely
 */
export function withRequirement(text: string, requirement: string): string | null {
  const before = readable(text);
  if (before === null) return null;
  if (before.some((listed) => listed === requirement || nameIn(listed) === normalizeName(requirement))) return text;
  const changed = withItemInList(text, JSON.stringify(requirement));
  const after = readable(changed);
  return after?.join("\n") === [requirement, ...before].join("\n") ? changed : null;
}

/** Return the normalized name of the package in a requirement. */
function nameIn(requirement: string): string {
  return normalizeName(/^[\w.-]*/.exec(requirement.trim())?.[0] ?? "");
}

/** Return the requirements of a module; null if its metadata cannot be read. */
function readable(text: string): string[] | null {
  try {
    return requirementsOf("", text);
  } catch {
    return null;
  }
}

function withItemInList(text: string, item: string): string {
  const [block] = scriptBlocksOf(text);
  const newList = `${START}\n# dependencies = [${item}]`;
  if (block === undefined) {
    const [shebang = ""] = SHEBANG.exec(text) ?? [];
    return `${shebang}${shebang === "" || shebang.endsWith("\n") ? "" : "\n"}${newList}\n# ///\n${text.slice(shebang.length)}`;
  }
  const changed = LIST.test(block.text)
    ? block.text.replace(
        LIST,
        (start, rest: string) => `${start.slice(0, start.length - rest.length)}${withItem(item, rest)}`,
      )
    : newList + block.text.slice(START.length);
  return text.slice(0, block.start) + changed + text.slice(block.start + block.text.length);
}

/** Insert an item at the start of a list. `rest` is the rest of the list's first line. */
function withItem(item: string, rest: string): string {
  if (rest.trim() === "") return `\n#   ${item},`;
  return rest.trim().startsWith("]") ? `${item}${rest.trim()}` : `${item}, ${rest.trim()}`;
}

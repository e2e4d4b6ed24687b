/** The metadata of scripts (PEP 723): a TOML document in a comment, which lists the packages that a module needs. */

import { satisfies, validRange } from "@renovatebot/pep440";
import { parse, TomlError } from "smol-toml";
import * as v from "valibot";
import type { Files } from "../protocol.ts";
import { PYTHON } from "./simple-index.ts";

/** The block in the syntax of PEP 723. */
const BLOCK = /^# \/\/\/ script\r?\n((?:#(?:| .*)\r?\n)+)# \/\/\/\r?$/m;
const START = "# /// script";
const LIST = /^# dependencies\s*=\s*\[(.*)$/m;

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
  return [...new Set(modules.flatMap(([name, text]) => requirementsOf(name, text)))];
}

function requirementsOf(file: string, text: string): string[] {
  const [, block] = BLOCK.exec(text) ?? [];
  if (block === undefined) return [];
  const metadata = parsed(file, text, block.replace(/^# ?/gm, ""));
  const pythons = metadata["requires-python"];
  if (validRange(pythons) && !satisfies(PYTHON, pythons))
    throw new BadMetadata(`${file} requires Python ${pythons}, but this page has Python ${PYTHON}.`);
  return metadata.dependencies;
}

function parsed(file: string, text: string, toml: string): v.InferOutput<typeof Metadata> {
  try {
    return v.parse(Metadata, parse(toml));
  } catch (error) {
    const line = text.slice(0, text.indexOf(START)).split("\n").length + (error instanceof TomlError ? error.line : 0);
    const reason = error instanceof TomlError ? "It is not valid TOML" : "Its `dependencies` must be a list of strings";
    throw new BadMetadata(`The script metadata cannot be read. ${reason} (${file}:${line}).`);
  }
}

/** Add a requirement to a module's metadata. Create the block if there is none. */
export function withRequirement(text: string, requirement: string): string {
  const item = JSON.stringify(requirement);
  const found = BLOCK.exec(text);
  if (found === null) return `${START}\n# dependencies = [${item}]\n# ///\n${text}`;
  const [block] = found;
  const changed = LIST.test(block)
    ? block.replace(
        LIST,
        (start, rest: string) => `${start.slice(0, start.length - rest.length)}${withItem(item, rest)}`,
      )
    : block.replace(START, `${START}\n# dependencies = [${item}]`);
  return text.replace(block, () => changed);
}

/** Add an item to the start of a list. `rest` is the rest of its first line. */
function withItem(item: string, rest: string): string {
  if (rest.trim() === "") return `\n#   ${item},`;
  return rest.trim().startsWith("]") ? `${item}${rest.trim()}` : `${item}, ${rest.trim()}`;
}

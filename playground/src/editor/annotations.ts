/** Annotations in the form that the code already uses, so inserted code needs no additional import. */

import type { Files } from "../protocol.ts";
import { moduleOf } from "./functions.ts";

const BUILT_IN = new Set([
  "bool",
  "bytes",
  "complex",
  "dict",
  "float",
  "frozenset",
  "int",
  "list",
  "object",
  "set",
  "str",
  "tuple",
  "None",
]);

/**
 * Return a node's annotation as written in `file`, or as written in another module if that form needs no import.
 *
 * @returns null if there is no such annotation
 */
export function annotationFor(name: string, file: string, files: Files): string | null {
  const local = annotationIn(files[file] ?? "", name);
  if (local !== null) return local;
  for (const [other, text] of Object.entries(files)) {
    if (other === file || !other.endsWith(".py")) continue;
    const annotation = annotationIn(text, name);
    if (annotation !== null && needsNoImport(annotation)) return annotation;
  }
  return null;
}

/** Return whether an annotation uses only built-in types. */
export function needsNoImport(annotation: string): boolean {
  if (/["']/.test(annotation)) return false;
  return (annotation.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).every((word) => BUILT_IN.has(word));
}

function annotationIn(text: string, name: string): string | null {
  const { functions } = moduleOf(text);
  const producer = functions.find((source) => source.node === name && source.returns !== null);
  if (producer !== undefined) return elementType(producer.returns);
  const parameter = functions
    .flatMap(({ parameters }) => parameters)
    .find((candidate) => candidate.name === name && candidate.annotation);
  return elementType(parameter?.annotation ?? null);
}

/**
 * Return the type of one element for `Parallelizable[...]` and `Collect[...]`. `Parallelizable` is valid only for returned
 * values, and `Collect` only for parameters. A function that reads the node usually receives one element.
 */
function elementType(annotation: string | null): string | null {
  const [, marker, type = null] = /^(Parallelizable|Collect)\b(?:\[(.*)\])?$/s.exec(annotation ?? "") ?? [];
  return marker === undefined ? annotation : type;
}

// @ts-check
/**
 * The extras of the page's packages, with their requirements. The resolver cannot read these packages, so it needs this list.
 */

import { parse } from "smol-toml";
import { members } from "../src/runtime/sandbox/archive.ts";

const METADATA = /^[^/]+\.dist-info\/METADATA$/;

/**
 * @typedef {object} Extras
 * @property {string[]} names
 * @property {string[]} requires the requirements whose markers mention an extra
 */

/**
 * Return the extras of the packages in archives, keyed by package.
 *
 * @param {import("./pack.mjs").Packed[]} prepared
 * @returns {Record<string, Extras>}
 */
export function extrasOf(prepared) {
  /** @type {Record<string, Extras>} */
  const extras = {};
  for (const { distribution, content } of prepared) {
    if (distribution === undefined) continue;
    const found = extrasIn(metadataIn(content));
    if (found.names.length > 0) extras[distribution.name] = found;
  }
  return extras;
}

/**
 * Return the extras in a `pyproject.toml`.
 *
 * @param {string} toml
 * @returns {Extras}
 */
export function extrasInProject(toml) {
  const { project } = /** @type {any} */ (parse(toml));
  /** @type {[string, string[]][]} */
  const extras = Object.entries(project["optional-dependencies"]);
  return {
    names: extras.map(([name]) => name),
    requires: extras.flatMap(([name, requirements]) => requirements.map((text) => withExtra(text, name))),
  };
}

/**
 * @param {string} requirement
 * @param {string} extra
 */
function withExtra(requirement, extra) {
  const [text, marker] = requirement.split(";", 2);
  return `${text}; ${marker === undefined ? "" : `(${marker.trim()}) and `}extra == "${extra}"`;
}

/**
 * @param {Uint8Array} archive
 * @returns {string} the text of the package's metadata; empty if it has none
 */
function metadataIn(archive) {
  for (const [name, content] of members(Uint8Array.from(archive).buffer)) {
    if (METADATA.test(name)) return new TextDecoder().decode(content);
  }
  return "";
}

/**
 * @param {string} metadata in the format of "Core metadata specifications": headers, an empty line and a description
 * @returns {Extras}
 */
export function extrasIn(metadata) {
  const [headers = ""] = metadata.split(/\r?\n\r?\n/, 1);
  const valuesOf = (/** @type {string} */ header) =>
    headers
      .split(/\r?\n/)
      .flatMap((line) => (line.startsWith(`${header}: `) ? [line.slice(header.length + 2).trim()] : []));
  return {
    names: valuesOf("Provides-Extra"),
    requires: valuesOf("Requires-Dist").filter((requirement) => /;.*\bextra\b/.test(requirement)),
  };
}

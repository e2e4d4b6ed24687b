/** The packages that code can import: those that come with the page, and those that were fetched during this visit. */

import { satisfies, validRange } from "@renovatebot/pep440";
import type { Manifest } from "../runtime/manifest.ts";
import type { AvailablePackage } from "./reasons.ts";
import { normalizeName } from "./simple-index.ts";

/** A requirement without extras, a marker or a URL. */
const SIMPLE = /^([A-Za-z0-9][\w.-]*)\s*([<>=!~][^;@[]*)?$/;

/** Return the packages that come with the page. */
export function packagesOf(files: Manifest["files"]): AvailablePackage[] {
  const shipped = files.flatMap(({ distribution }) => (distribution === undefined ? [] : [distribution]));
  return [{ name: "headwater", version: __ENGINE_VERSION__ }, ...shipped];
}

/** Return whether available packages meet a requirement. Extras and markers are left to the resolver. */
export function isMet(requirement: string, available: readonly AvailablePackage[]): boolean {
  const [, name, versions = ""] = SIMPLE.exec(requirement.trim()) ?? [];
  if (name === undefined) return false;
  const found = available.find((each) => each.name === normalizeName(name));
  if (found === undefined) return false;
  const range = versions.trim();
  return range === "" || (validRange(range) && satisfies(found.version, range, { prereleases: true }));
}

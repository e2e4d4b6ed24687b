/** The reasons why a requirement cannot be met, in words. */

import { satisfies, valid } from "@renovatebot/pep440";
import { fitsPython, isPureWheel, type ListedFile, normalizeName, PYTHON, type SimpleIndex } from "./simple-index.ts";

/** A requirement for which the resolver found no file. */
export interface FailedRequirement {
  name: string;
  versions: string;
  by: string | null;
  /** True if only an extra of one of the page's packages has this requirement. */
  isOptional: boolean;
}

export interface AvailablePackage {
  name: string;
  version: string;
}

/**
 * @param available the packages that come with the page; their versions are fixed
 * @param fetched the packages that were fetched earlier; their versions must not change
 */
export function reasonFor(
  { name, versions, by }: Omit<FailedRequirement, "isOptional">,
  index: Pick<SimpleIndex, "host" | "filesOf">,
  available: readonly AvailablePackage[],
  fetched: readonly AvailablePackage[],
): string {
  const project = normalizeName(name);
  const requirement = `${name}${versions && ` ${versions}`}`;
  const subject = by === null ? requirement : `${requirement}, which ${by} needs,`;
  const own = available.find((each) => each.name === project);
  if (own !== undefined) return `${subject} is not available: this page has ${name} ${own.version}.`;
  const earlier = fetched.find((each) => each.name === project);
  if (earlier !== undefined)
    return `${subject} conflicts with ${name} ${earlier.version}, which is installed. Reload the page to fetch another version.`;
  const listed = index.filesOf(project);
  if (listed === null) return `${index.host} has no package named ${name}.`;
  const files = listed.filter((file) => isVersion(versionOf(file, project), versions));
  if (files.length === 0) return `${subject} has no matching version.`;
  const current = files.filter(({ yanked }) => yanked === false);
  if (current.length === 0) return `${subject} was withdrawn by its authors.`;
  const fitting = current.filter(fitsPython);
  if (fitting.length === 0) return `${subject} has no version for Python ${minorOf(PYTHON)}, which this page uses.`;
  const wheels = fitting.filter(({ filename }) => filename.endsWith(".whl"));
  if (wheels.some(isPureWheel)) return `${subject} has no file that this page can verify.`;
  return wheels.length > 0
    ? `${subject} contains compiled code that cannot run in a browser.`
    : `${subject} has no wheel, and a browser cannot build one.`;
}

/** Return the version in a file name: `rich-13.0-py3-none-any.whl`, `rich-13.0.tar.gz`. */
function versionOf({ filename }: ListedFile, project: string): string {
  if (filename.endsWith(".whl")) return filename.split("-")[1] ?? "";
  return filename.slice(project.length + 1).replace(/\.(tar\.\w+|zip|tgz|egg)$/, "");
}

function isVersion(version: string, versions: string): boolean {
  return valid(version) !== null && satisfies(version, versions || ">=0", { prereleases: true });
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

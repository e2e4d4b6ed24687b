/** Resolves a package to its wheel and the wheels of its missing dependencies. */

import { rcompare, satisfies, valid, validRange } from "@renovatebot/pep440";
import { PackageError } from "./package-error.ts";
import type { DistributionFile, PackageIndex, PackageMetadata } from "./package-index.ts";
import { BadRequirement, type MarkerEnvironment, type Requirement, requirementOf } from "./requirement.ts";

/** The environment of the pinned Pyodide. */
export const ENVIRONMENT: MarkerEnvironment = {
  python_version: "3.12",
  python_full_version: "3.12.7",
  sys_platform: "emscripten",
  platform_system: "Emscripten",
  platform_machine: "wasm32",
  platform_python_implementation: "CPython",
  implementation_name: "cpython",
  implementation_version: "3.12.7",
  os_name: "posix",
  platform_release: "",
  platform_version: "",
};

const MAX_PACKAGES = 40;
const MAX_BYTES = 60_000_000;

export interface SelectedWheel {
  project: string;
  version: string;
  file: DistributionFile;
}

interface RequiredPackage extends Requirement {
  /** The package that has the requirement; null for the visitor's code. */
  by: string | null;
}

/**
 * Select the same wheels as pip, but without backtracking: a selected version is final.
 *
 * @param project a requirement in pip's syntax, for example `rich[jupyter] <14`
 * @param present the normalized names of installed packages
 * @throws PackageError with the reason
 */
export async function resolveWheels(
  index: PackageIndex,
  project: string,
  present: ReadonlySet<string>,
  environment: MarkerEnvironment = ENVIRONMENT,
): Promise<SelectedWheel[]> {
  const selected = new Map<string, SelectedWheel>();
  const visited = new Set<string>();
  const first = parseRequest(project, environment);
  if (present.has(first.project)) throw new PackageError(`${first.project} is already installed.`);
  const waiting: RequiredPackage[] = [first];
  for (let required = waiting.shift(); required !== undefined; required = waiting.shift()) {
    const known = selected.get(required.project);
    if (present.has(required.project)) continue;
    if (known !== undefined) checkVersion(known, required);
    const key = [required.project, ...required.extras].join();
    if (visited.has(key)) continue;
    visited.add(key);
    const details = await index.project(required.project);
    const wheel = known ?? selectWheel(details, required, environment);
    selected.set(required.project, wheel);
    if (selected.size > MAX_PACKAGES) throw new PackageError(`${project} needs more than ${MAX_PACKAGES} packages.`);
    waiting.push(...(await dependenciesOf(index, details, wheel, required, environment)));
  }
  const all = [...selected.values()];
  const bytes = all.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes <= MAX_BYTES) return all;
  throw new PackageError(
    `${project} and its dependencies take up ${Math.round(bytes / 1e6)} MB. The limit is ${MAX_BYTES / 1e6} MB.`,
  );
}

function parseRequest(text: string, environment: MarkerEnvironment): RequiredPackage {
  try {
    const requirement = requirementOf(text, environment, []);
    if (requirement !== null) return { ...requirement, by: null };
  } catch (error) {
    if (!(error instanceof BadRequirement)) throw error;
    throw new PackageError(`${text} is not a valid requirement. Examples: rich, rich[jupyter], rich>=13,<14.`);
  }
  throw new PackageError(`${text} does not apply to this page's Python.`);
}

async function dependenciesOf(
  index: PackageIndex,
  { info }: PackageMetadata,
  { project, version }: SelectedWheel,
  { extras }: RequiredPackage,
  environment: MarkerEnvironment,
): Promise<RequiredPackage[]> {
  const requirements =
    version === info.version ? (info.requires_dist ?? []) : await index.requirements(project, version);
  try {
    return requirements.flatMap((text) => {
      const requirement = requirementOf(text, environment, extras);
      return requirement === null ? [] : [{ ...requirement, by: project }];
    });
  } catch (error) {
    if (!(error instanceof BadRequirement)) throw error;
    throw new PackageError(`${project} ${version} has an invalid requirement: ${error.message}`);
  }
}

/** Select the newest matching version with a wheel for this Python. Prereleases are used only if there is no release. */
function selectWheel(
  { releases }: PackageMetadata,
  required: RequiredPackage,
  environment: MarkerEnvironment,
): SelectedWheel {
  const { project, versions } = required;
  if (!validRange(versions))
    throw new PackageError(
      `${required.by ?? "This"} needs ${project} ${versions}, which is not a valid version specifier.`,
    );
  const all = Object.keys(releases)
    .filter((version) => valid(version) !== null)
    .sort(rcompare);
  for (const prereleases of [false, true]) {
    for (const version of all.filter((candidate) => satisfies(candidate, versions || ">=0", { prereleases }))) {
      const file = releases[version]?.find(
        (file) => isPure(file, environment) && !file.yanked && isFor(file, environment),
      );
      if (file !== undefined) return { project, version, file };
    }
  }
  throw new PackageError(noVersionReason(releases, required, environment));
}

/** Return whether a file is a pure Python wheel for this Python version or an older one: `py3`, `py2.py3`, `py310`. */
function isPure({ filename, packagetype }: DistributionFile, { python_version }: MarkerEnvironment): boolean {
  const minor = Number(python_version.split(".")[1]);
  const pythons = /-([\w.]+)-none-any\.whl$/.exec(filename)?.[1]?.split(".") ?? [];
  const fits = (python: string): boolean => {
    const least = /^py3(\d*)$/.exec(python)?.[1];
    return least !== undefined && Number(least) <= minor;
  };
  return packagetype === "bdist_wheel" && pythons.some(fits);
}

function isFor({ requires_python: range }: DistributionFile, { python_full_version }: MarkerEnvironment): boolean {
  return range === null || range === "" || !validRange(range) || satisfies(python_full_version, range);
}

function noVersionReason(
  releases: PackageMetadata["releases"],
  { project, versions, by }: RequiredPackage,
  environment: MarkerEnvironment,
): string {
  const name = `${project}${versions && ` ${versions}`}`;
  const subject = by === null ? name : `${name}, which ${by} needs,`;
  const files = Object.entries(releases)
    .filter(([version]) => valid(version) !== null && satisfies(version, versions || ">=0", { prereleases: true }))
    .flatMap(([, of]) => of);
  if (files.length === 0) return `${subject} has no matching version.`;
  if (files.every((file) => !isFor(file, environment)))
    return `${subject} has no version for Python ${environment.python_version}, which this page uses.`;
  const wheels = files.filter(({ packagetype }) => packagetype === "bdist_wheel");
  if (wheels.some((file) => isPure(file, environment)))
    return `${subject} was yanked, or does not support this page's Python.`;
  return wheels.length > 0
    ? `${subject} contains compiled code that cannot run in a browser.`
    : `${subject} has no wheel, and a browser cannot build one.`;
}

function checkVersion({ project, version }: SelectedWheel, { versions, by }: RequiredPackage): void {
  if (versions === "" || satisfies(version, versions, { prereleases: true })) return;
  throw new PackageError(`${by} needs ${project} ${versions}, but ${version} was selected for another package.`);
}

/** From the name of a package to the wheels that it takes: its own, and those of what it needs that is not here yet. */

import { rcompare, satisfies, valid, validRange } from "@renovatebot/pep440";
import { PackageError } from "./package-error.ts";
import type { DistributionFile, PackageIndex, Project } from "./package-index.ts";
import { BadRequirement, type Environment, type Requirement, requirementOf } from "./requirement.ts";

/** The Python that the runtime has pinned. */
export const ENVIRONMENT: Environment = {
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

const MOST_PACKAGES = 40;
const MOST_BYTES = 60_000_000;

export interface SelectedWheel {
  project: string;
  version: string;
  file: DistributionFile;
}

interface RequiredPackage extends Requirement {
  /** Who needs it; null for the visitor's code. */
  by: string | null;
}

/**
 * As pip would choose, but for going back: a version that is chosen stays.
 *
 * @param project the package as one would name it to pip, with extras and versions if need be: `rich[jupyter] <14`
 * @param present the normalized names of packages that Python has already
 * @throws PackageError with the reason
 */
export async function resolveWheels(
  index: PackageIndex,
  project: string,
  present: ReadonlySet<string>,
  environment: Environment = ENVIRONMENT,
): Promise<SelectedWheel[]> {
  const chosen = new Map<string, SelectedWheel>();
  const asked = new Set<string>();
  const first = parseRequest(project, environment);
  if (present.has(first.project)) throw new PackageError(`${first.project} is here already.`);
  const waiting: RequiredPackage[] = [first];
  for (let wanted = waiting.shift(); wanted !== undefined; wanted = waiting.shift()) {
    const known = chosen.get(wanted.project);
    if (present.has(wanted.project)) continue;
    if (known !== undefined) checkVersion(known, wanted);
    const key = [wanted.project, ...wanted.extras].join();
    if (asked.has(key)) continue;
    asked.add(key);
    const found = await index.project(wanted.project);
    const one = known ?? selectWheel(found, wanted, environment);
    chosen.set(wanted.project, one);
    if (chosen.size > MOST_PACKAGES) throw new PackageError(`${project} needs more than ${MOST_PACKAGES} packages.`);
    waiting.push(...(await dependenciesOf(index, found, one, wanted, environment)));
  }
  const all = [...chosen.values()];
  const bytes = all.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes <= MOST_BYTES) return all;
  throw new PackageError(
    `${project} and what it needs are ${Math.round(bytes / 1e6)} MB, where ${MOST_BYTES / 1e6} may be.`,
  );
}

function parseRequest(text: string, environment: Environment): RequiredPackage {
  try {
    const requirement = requirementOf(text, environment, []);
    if (requirement !== null) return { ...requirement, by: null };
  } catch (error) {
    if (!(error instanceof BadRequirement)) throw error;
    throw new PackageError(`${text} names no package. It would look like rich, rich[jupyter] or rich>=13,<14.`);
  }
  throw new PackageError(`${text} is not for the Python of this page.`);
}

async function dependenciesOf(
  index: PackageIndex,
  { info }: Project,
  { project, version }: SelectedWheel,
  { extras }: RequiredPackage,
  environment: Environment,
): Promise<RequiredPackage[]> {
  const said = version === info.version ? (info.requires_dist ?? []) : await index.requirements(project, version);
  try {
    return said.flatMap((text) => {
      const requirement = requirementOf(text, environment, extras);
      return requirement === null ? [] : [{ ...requirement, by: project }];
    });
  } catch (error) {
    if (!(error instanceof BadRequirement)) throw error;
    throw new PackageError(`${project} ${version} says what it needs in a way that is none: ${error.message}`);
  }
}

/** The newest version that will do and has a wheel for this Python; one that is no release only where there is no other. */
function selectWheel({ releases }: Project, wanted: RequiredPackage, environment: Environment): SelectedWheel {
  const { project, versions } = wanted;
  if (!validRange(versions))
    throw new PackageError(`${wanted.by ?? "This"} needs ${project} ${versions}, which says no versions.`);
  const all = Object.keys(releases)
    .filter((version) => valid(version) !== null)
    .sort(rcompare);
  for (const prereleases of [false, true]) {
    for (const version of all.filter((one) => satisfies(one, versions || ">=0", { prereleases }))) {
      const file = releases[version]?.find((one) => isPure(one, environment) && !one.yanked && isFor(one, environment));
      if (file !== undefined) return { project, version, file };
    }
  }
  throw new PackageError(noVersionReason(releases, wanted, environment));
}

/** Of code in Python alone, for any system, and for this Python or one before it: `py3`, `py2.py3`, `py310`. */
function isPure({ filename, packagetype }: DistributionFile, { python_version }: Environment): boolean {
  const minor = Number(python_version.split(".")[1]);
  const pythons = /-([\w.]+)-none-any\.whl$/.exec(filename)?.[1]?.split(".") ?? [];
  const fits = (python: string): boolean => {
    const least = /^py3(\d*)$/.exec(python)?.[1];
    return least !== undefined && Number(least) <= minor;
  };
  return packagetype === "bdist_wheel" && pythons.some(fits);
}

function isFor({ requires_python: range }: DistributionFile, { python_full_version }: Environment): boolean {
  return range === null || range === "" || !validRange(range) || satisfies(python_full_version, range);
}

function noVersionReason(
  releases: Project["releases"],
  { project, versions, by }: RequiredPackage,
  environment: Environment,
): string {
  const named = `${project}${versions && ` ${versions}`}`;
  const needed = by === null ? named : `${named}, which ${by} needs,`;
  const files = Object.entries(releases)
    .filter(([version]) => valid(version) !== null && satisfies(version, versions || ">=0", { prereleases: true }))
    .flatMap(([, of]) => of);
  if (files.length === 0) return `${needed} has no version that would do.`;
  if (files.every((file) => !isFor(file, environment)))
    return `${needed} has no version for Python ${environment.python_version}, which this page has.`;
  const wheels = files.filter(({ packagetype }) => packagetype === "bdist_wheel");
  if (wheels.some((file) => isPure(file, environment)))
    return `${needed} was withdrawn, or is not for the Python of this page.`;
  return wheels.length > 0
    ? `${needed} holds compiled code, which is made for other systems than a browser's Python.`
    : `${needed} has no wheel: it would have to be built, which a page cannot do.`;
}

function checkVersion({ project, version }: SelectedWheel, { versions, by }: RequiredPackage): void {
  if (versions === "" || satisfies(version, versions, { prereleases: true })) return;
  throw new PackageError(`${by} needs ${project} ${versions}, and ${version} was chosen for another package.`);
}

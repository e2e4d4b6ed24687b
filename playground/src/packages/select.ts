/** Selects, fetches and verifies packages with their dependencies, without installing them. Loaded on first use. */

import { IndexSession, type IndexSessionHost } from "./index-session.ts";
import { PackageError } from "./package-error.ts";
import { type AvailablePackage, type FailedRequirement, reasonFor } from "./reasons.ts";
import type { FetchedWheel, IndexResponse, SimpleIndex } from "./simple-index.ts";

export interface PackageQuery {
  requirements: readonly string[];
  /** Constraints, as in pip: requirements that apply only to packages that are selected anyway. */
  constraints: readonly string[];
  index: string;
  locked: readonly AvailablePackage[];
}

/**
 * Selects wheels; see `resolvePackages`. An error named `Unresolvable` has a message for the visitor.
 *
 * @param serve carries out a request; resolves to null to refuse the request
 */
export type Resolve = (
  query: PackageQuery,
  serve: (url: string) => Promise<IndexResponse | null>,
  signal: AbortSignal,
) => Promise<{ wheels: readonly string[]; failed: readonly FailedRequirement[] }>;

export interface SelectionHost extends IndexSessionHost {
  index: SimpleIndex;
  resolve: Resolve;
  /** The packages that come with the page. Their versions are fixed. */
  available: readonly AvailablePackage[];
  /** The packages that were fetched earlier. Their versions must not change. */
  fetched: readonly AvailablePackage[];
}

export interface Selection {
  wheels: FetchedWheel[];
  /** The reasons for leaving out packages that only an extra needs. */
  omitted: string[];
}

/**
 * @param requirements in PEP 508 syntax
 * @throws PackageError with the reason
 */
export async function selectPackages(requirements: readonly string[], host: SelectionHost): Promise<Selection> {
  const { index, resolve, available, fetched, signal } = host;
  const session = new IndexSession(index, host);
  const query: PackageQuery = {
    requirements: requirements.map((text) => text.trim()),
    constraints: fetched.map(({ name, version }) => `${name}==${version}`),
    index: index.url,
    locked: available,
  };
  const { wheels, failed } = await resolve(query, (url) => session.serve(url), signal).catch((error: unknown) => {
    throw session.problem ?? new PackageError(error instanceof Error ? error.message : String(error));
  });
  if (session.problem !== null) throw session.problem;
  const reasons = failed.map((each) => reasonFor(each, index, available, fetched));
  // An extra may work without some of its packages. For example, pandas[excel] works without python-calamine,
  // which contains compiled code.
  const isUsable = wheels.length > 0 && failed.every(({ isOptional }) => isOptional);
  if (failed.length > 0 && !isUsable) throw new PackageError(reasons.join(" "));
  return { wheels: wheels.map((url) => index.wheel(url)), omitted: reasons };
}

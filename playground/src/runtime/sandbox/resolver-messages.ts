/** Messages between the page and the sandboxed resolver. The resolver's messages are JSON text, untrusted until validated. */

/** A package that comes with the page, for the resolver's lock file. */
export interface LockedPackage {
  name: string;
  version: string;
}

/** The requirements to resolve, and the packages from which to select. */
export interface PackageQuery {
  /** Requirements in PEP 508 syntax. */
  requirements: readonly string[];
  /** Version requirements that apply if their packages are selected. */
  constraints: readonly string[];
  /** The base URL of an index with the Simple API; no slash at the end. */
  index: string;
  /** The packages that come with the page. */
  locked: readonly LockedPackage[];
}

/** A message to the resolver. */
export type ResolverMessage =
  /** Sent first: the names of the runtime files that will follow, and the query. */
  | { kind: "resolve"; files: readonly string[]; query: PackageQuery }
  /** The response to a `fetch` message. */
  | { kind: "fetched"; id: number; status: number; contentType: string; bytes: ArrayBuffer }
  /** The page did not carry out the request. */
  | { kind: "refused"; id: number };

/** A requirement for which the index has no suitable file. */
export interface FailedRequirement {
  name: string;
  /** The required versions, such as `>=2,<3`; empty for any version. */
  versions: string;
  /** The package that has the requirement; null for the visitor's code. */
  by: string | null;
  /**
   * True if only an extra of one of the page's packages has this requirement. The extra's other packages can still be fetched.
   */
  isOptional: boolean;
}

/** A message from the resolver. */
export type ResolverReply =
  | { kind: "fetch"; id: number; url: string }
  /** The URLs of the selected wheels, and the requirements for which no wheel was found. */
  | { kind: "resolved"; wheels: string[]; failed: FailedRequirement[] }
  /** The requirements are invalid or conflict. The message is for the visitor. */
  | { kind: "rejected"; message: string }
  /** The resolver itself failed. */
  | { kind: "crashed"; message: string };

/** A package cannot be fetched. The message is for the visitor. */
export class PackageError extends Error {
  override readonly name = "PackageError";
}

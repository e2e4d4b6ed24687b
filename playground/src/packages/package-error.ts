/** A package cannot be had; the message says why, in sentences for the visitor. */
export class PackageError extends Error {
  override readonly name = "PackageError";
}

/** A link that cannot be opened. The message is for the visitor. */
export class BadLink extends Error {
  override readonly name = "BadLink";
}

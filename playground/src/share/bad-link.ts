/** A link that cannot be opened; the message is a sentence for the visitor. */
export class BadLink extends Error {
  override readonly name = "BadLink";
}

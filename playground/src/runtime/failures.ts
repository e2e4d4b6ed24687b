/** What may end a request other than its answer. The UI tells them apart with `instanceof`. */

/** The visitor pressed Stop while the request was waiting or running. Nothing is wrong. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** A newer request of the same kind for the same session made this one pointless. Nothing is wrong. */
export class Superseded extends Error {
  override readonly name = "Superseded";
}

/** Python could not be started; the message says what failed and can be shown as it is. `boot()` tries again. */
export class BootFailed extends Error {
  override readonly name = "BootFailed";
}

/** Python was there and broke under this request: a fault of the runtime, not of the visitor's code. */
export class Crashed extends Error {
  override readonly name = "Crashed";
}

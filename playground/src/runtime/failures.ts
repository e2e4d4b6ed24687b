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

/** Python was there and came to an end under this request; the message says so and can be shown as it is. */
export class Crashed extends Error {
  override readonly name = "Crashed";
}

const LONGEST = 200;

/** A crash by what Python, or the browser, said last. Anything may stand there; a traceback says most in its last line. */
export function crashed(said: string): Crashed {
  const last = said.trimEnd().split("\n").at(-1)?.slice(0, LONGEST).trim() || "nothing was said";
  const hint = /call stack|recursion/i.test(last) ? " A function that calls itself without end does this." : "";
  return new Crashed(`This code brought Python to its end, and it was started again (${last}).${hint}`);
}

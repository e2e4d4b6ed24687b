/** The reasons why a request can fail. The UI distinguishes them with `instanceof`. */

/** The visitor pressed Stop while the request was waiting or running. Not an error. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** A newer request of the same kind for the same session replaced this one. Not an error. */
export class Superseded extends Error {
  override readonly name = "Superseded";
}

/** Python could not be started. The message is for the visitor; `boot()` tries again. */
export class BootFailed extends Error {
  override readonly name = "BootFailed";
}

/** Python crashed during this request. The message is for the visitor. */
export class Crashed extends Error {
  override readonly name = "Crashed";
}

const MAX_DETAIL_LENGTH = 200;

/** Describe a crash by the last line of an untrusted error message, because a traceback's last line is the most informative. */
export function crashFrom(message: string): Crashed {
  const detail = message.trimEnd().split("\n").at(-1)?.slice(0, MAX_DETAIL_LENGTH).trim() || "no error message";
  const hint = /call stack|recursion/i.test(detail) ? " Infinite recursion can cause this." : "";
  return new Crashed(`This code crashed Python (${detail}).${hint} Python was restarted.`);
}

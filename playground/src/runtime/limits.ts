/** Limits for messages from the sandbox. The limits of each reply are in `wire.ts` and `reply-validators.ts`. */

/** The maximum number of states that a run may report. Each node has up to four, and long calls also report their progress. */
export const MAX_STATES = 100_000;
/** The maximum number of uncaught errors that a sandbox may report. */
export const MAX_ERRORS = 500;

/** The maximum number of times that a sandbox may request packs. */
export const MAX_PACK_REQUESTS = 100;

/** Limits for all messages, expected or not. */
export const RATE_LIMITS = [
  { milliseconds: 1_000, messages: 50_000, characters: 100_000_000 },
  { milliseconds: 10_000, messages: 200_000, characters: 300_000_000 },
] as const;
/** Limits for unexpected messages, such as those of a run that continues after its element has left the page. */
export const UNEXPECTED_RATES = [{ milliseconds: 10_000, messages: 20_000, characters: 40_000_000 }] as const;

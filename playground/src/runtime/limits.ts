/** What the page accepts from the sandbox besides the bounds of each reply, which `wire.ts` and `reply-validators.ts` have. */

/** States that one run reports: three of each node. */
export const MOST_STATES = 60_000;
/** Errors that the sandbox reports beside its replies, in the life of one Python. */
export const MOST_ERRORS = 500;

/** How much may come within how many milliseconds, whether or not it is awaited. */
export const RATE_LIMITS = [
  { milliseconds: 1_000, messages: 50_000, characters: 100_000_000 },
  { milliseconds: 10_000, messages: 200_000, characters: 300_000_000 },
] as const;
/** The same for what is not awaited: a run whose element has left the page may still go on. */
export const UNEXPECTED_RATES = [{ milliseconds: 10_000, messages: 20_000, characters: 40_000_000 }] as const;

/**
 * The bounds of what the page takes from the sandbox: far above what the engine sends, and low enough that the page still
 * answers its visitor within two seconds. Lengths are in UTF-16 code units.
 */

/** Of one message, by the kind of reply. */
export const LONGEST_REPLY = {
  stage: 1_000,
  "boot-failed": 1_100_000,
  graph: 16_000_000,
  state: 80_000,
  result: 32_000_000,
  preview: 8_000_000,
  comparison: 16_000_000,
  taken: 32_000_000,
  checked: 1_100_000,
  closed: 1_000,
  crashed: 1_100_000,
} as const;

/** Of one message without its images, which are neither parsed nor drawn part by part. */
export const LONGEST_TEXTS = 16_000_000;
/** Quotes, brackets and braces of one message: what takes time to parse is how many parts there are. */
export const MOST_MARKS = 1_500_000;

export const LONGEST_NAME = 10_000;
/** A message, documentation, or the code of a line. */
export const LONGEST_TEXT = 100_000;
/** What one function prints; the engine keeps 20,000 characters. */
export const LONGEST_PRINTS = 50_000;
/** What all functions of one run print. */
export const LONGEST_PRINTS_OF_RUN = 4_000_000;
/** The text of a value; the engine shows 20,000 characters. */
export const LONGEST_VALUE = 100_000;
/** One cell of a table; the engine shows 200 characters. */
export const LONGEST_CELL = 2_000;
/** An image in base64; the engine shows images of up to 4,000,000 bytes. */
export const LONGEST_IMAGE = 5_400_000;
/** One exported file. */
export const LONGEST_FILE = 16_000_000;

export const MOST_NODES = 25_000;
export const MOST_EDGES = 100_000;
/** Tags of one node, choices of one field, notes of one export. */
export const MOST_ITEMS = 1_000;
/** Rows or columns of a table. */
export const MOST_CELLS = 200;
/** The engine reports the first 1,000; see `MOST_PROBLEMS` in `src/headwater/views.py`. */
export const MOST_PROBLEMS = 2_000;
/** Frames of one traceback; the engine shows 20. */
export const MOST_FRAMES = 50;
export const MOST_FILES = 1_000;

/** States that one run reports: a run of ten thousand nodes reports three of each. */
export const MOST_STATES = 100_000;
/** Errors that the sandbox reports beside its replies, in the life of one Python. */
export const MOST_ALARMS = 500;

/** How much may come within how many milliseconds, whether or not somebody waits for it. */
export const RATES = [
  { milliseconds: 1_000, messages: 50_000, characters: 100_000_000 },
  { milliseconds: 10_000, messages: 200_000, characters: 300_000_000 },
] as const;

/**
 * The bounds of what the page accepts from the sandbox. `src/headwater/bounds.py` states those of replies for Python, which
 * keeps to them; `tests/test_bounds.py` holds the two to be the same. Within these bounds the page answers its visitor within
 * two seconds.
 */

/** One message, by the kind of reply. */
export const LONGEST_REPLY = {
  stage: 1_000,
  "boot-failed": 100_000,
  graph: 16_000_000,
  state: 20_000,
  result: 32_000_000,
  preview: 8_000_000,
  comparison: 16_000_000,
  taken: 32_000_000,
  checked: 100_000,
  closed: 1_000,
  crashed: 100_000,
} as const;

/** One message without its images and exported files, which are neither parsed nor drawn part by part. */
export const LONGEST_TEXTS = 16_000_000;
/** Quotes, brackets and braces of one message: the number of its parts decides how long it takes to parse. */
export const MOST_MARKS = 1_500_000;

// Lengths of texts, in characters.
export const LONGEST_NAME = 1_000;
export const LONGEST_TYPE = 300;
export const LONGEST_DOC = 20_000;
export const LONGEST_MESSAGE = 4_000;
export const LONGEST_LINE = 200;
export const LONGEST_PRINTS = 20_100;
export const LONGEST_PRINTS_OF_RUN = 2_000_000;
export const LONGEST_SCALAR = 200;
export const LONGEST_VALUE = 100_000;
export const LONGEST_CELL = 120;
export const LONGEST_IMAGE = 5_333_336;
export const LONGEST_FILE = 8_000_000;

export const MOST_NODES = 20_000;
export const MOST_EDGES = 100_000;
export const MOST_COMPARED = 40_000;
export const MOST_PROBLEMS = 1_000;
export const MOST_FRAMES = 20;
/** Tags of a node, choices of a field, keys of a config, notes or files of an export. */
export const MOST_ITEMS = 1_000;
/** Missing inputs that are named at a node. */
export const MOST_NEEDED = 10;
export const MOST_ROWS = 50;
export const MOST_COLUMNS = 60;
export const MOST_DIMENSIONS = 2;
export const MOST_POINTS = 320;

/** States that one run reports: three of each node. */
export const MOST_STATES = 60_000;
/** Errors that the sandbox reports beside its replies, in the life of one Python. */
export const MOST_ALARMS = 500;

/** How much may come within how many milliseconds, whether or not it is awaited. */
export const RATES = [
  { milliseconds: 1_000, messages: 50_000, characters: 100_000_000 },
  { milliseconds: 10_000, messages: 200_000, characters: 300_000_000 },
] as const;
/** The same for what is not awaited: a run whose element has left the page may still go on. */
export const RATES_OF_UNASKED = [{ milliseconds: 10_000, messages: 20_000, characters: 40_000_000 }] as const;

// Written by `make wire` from src/headwater/wire/. Edit what stands there, and run it again.

/** The reply that ends the waiting for each kind of request. */
export const ANSWERS = {
  outline: "graph",
  run: "result",
  preview: "preview",
  compare: "comparison",
  export: "export",
  check: "checked",
  close: "closed",
} as const;

/** In their order. */
export const BOOT_STAGES = ["fetch", "core", "ready", "complete"] as const;

/** The most characters of a reply of each kind. */
export const LONGEST_REPLY = {
  stage: 1_000,
  "boot-failed": 100_000,
  graph: 16_000_000,
  state: 20_000,
  result: 32_000_000,
  preview: 8_000_000,
  comparison: 16_000_000,
  export: 32_000_000,
  checked: 100_000,
  closed: 1_000,
  crashed: 100_000,
} as const;

/** A whole reply without its images and exported files. */
export const LONGEST_TEXTS = 16_000_000;

/** Quotes, brackets and braces of a reply: the number of its parts decides how long it takes to parse. */
export const MOST_MARKS = 1_500_000;

/** What all functions of a run print. */
export const LONGEST_PRINTS_OF_RUN = 2_000_000;

/** The lengths of the links in the corpus, for `benchmarks/links.py`. */

import { FIVE_CHANGED, FORTY, lengthOfChanged, lengthOfForty } from "./corpus.ts";

export const forty = await Promise.all(Object.values(FORTY).map(lengthOfForty));
export const changed = await Promise.all(Object.values(FIVE_CHANGED).map(lengthOfChanged));

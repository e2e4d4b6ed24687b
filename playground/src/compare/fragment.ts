/** Comparisons in URL fragments: `#compare=v1.…&with=v1.…`, with the links of both sides. */

export interface ComparedLinks {
  /** The fragment of a link, with its `#`. */
  before: string;
  after: string;
}

const COMPARISON_FRAGMENT = /^#compare=(v\d+\.[^&]*)&with=(v\d+\.[^&]*)$/;

/** Parse the fragment of a comparison; null for any other fragment. */
export function parseComparison(fragment: string): ComparedLinks | null {
  const [, before, after] = COMPARISON_FRAGMENT.exec(fragment) ?? [];
  return before === undefined || after === undefined ? null : { before: `#${before}`, after: `#${after}` };
}

export function comparisonFragment({ before, after }: ComparedLinks): string {
  return `#compare=${before.slice(1)}&with=${after.slice(1)}`;
}

/**
 * Return the fragment of the link in pasted text, or null. The text may be a URL, a badge in Markdown, or only the fragment.
 */
export function findLinkFragment(text: string): string | null {
  return /#v\d+(?:(?:\.[A-Za-z0-9_-]+)+|\.)/.exec(text)?.[0] ?? null;
}

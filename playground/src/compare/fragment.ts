/** Comparisons in URL fragments: `#compare=v1.…&with=v1.…`, with the links of both sides. */

export interface ComparedLinks {
  /** Link fragments, each with its `#`. */
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

/** Find the fragment of a link in pasted text: a URL, a badge in Markdown, or the fragment itself; null if there is none. */
export function findLinkFragment(text: string): string | null {
  return /#v\d+(?:(?:\.[A-Za-z0-9_-]+)+|\.)/.exec(text)?.[0] ?? null;
}

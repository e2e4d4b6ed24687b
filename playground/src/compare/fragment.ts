/** A comparison as the fragment of an address, and back: `#compare=v1.…&with=v1.…`, the link of before and that of after. */

export interface ComparedLinks {
  /** Fragments of links, each with its `#`. */
  before: string;
  after: string;
}

const ADDRESS = /^#compare=(v\d+\.[^&]*)&with=(v\d+\.[^&]*)$/;

/** @returns null for any other fragment */
export function parseComparison(fragment: string): ComparedLinks | null {
  const [, before, after] = ADDRESS.exec(fragment) ?? [];
  return before === undefined || after === undefined ? null : { before: `#${before}`, after: `#${after}` };
}

export function comparisonFragment({ before, after }: ComparedLinks): string {
  return `#compare=${before.slice(1)}&with=${after.slice(1)}`;
}

/** The fragment of what a visitor pasted: an address of a link, of a badge in Markdown, or the fragment alone; null if there is none. */
export function findLinkFragment(text: string): string | null {
  return /#v\d+(?:(?:\.[A-Za-z0-9_-]+)+|\.)/.exec(text)?.[0] ?? null;
}

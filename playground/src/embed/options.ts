/** Options of a playground: attributes of `<hw-play>`, or the query of a frame's URL. */

import type { View } from "../state/workspace.ts";

export interface EmbedOptions {
  /** A module to show instead of an example. */
  code: string | null;
  view: View | "split";
  mode: "edit" | "read";
  /**
   * True to run the code immediately, false to run it only on request, null to run it when the visitor first uses the element.
   */
  run: boolean | null;
  /** The initially selected node. */
  select: string | null;
  /** The height in pixels. */
  height: number | null;
  theme: Theme;
}

export type Theme = "auto" | "light" | "dark";

export const VIEWS = ["split", "code", "graph", "output"] as const;
export const MODES = ["edit", "read"] as const;
export const THEMES = ["auto", "light", "dark"] as const;
export const MIN_HEIGHT = 160;
export const MAX_HEIGHT = 4000;

/** An option's value, and whether it comes from the URL, which is untrusted. */
export interface OptionSource {
  value: string | null;
  isFromUrl: boolean;
}

/**
 * Return an option's value. The URL of a frame overrides the attributes.
 *
 * @param query the query of the URL; null if the page ignores the URL's options
 */
export function sourceOfOption(
  name: string,
  query: URLSearchParams | null,
  attributes: Pick<Element, "getAttribute">,
): OptionSource {
  const value = query?.get(name) ?? null;
  if (value !== null) return { value, isFromUrl: true };
  return { value: attributes.getAttribute(name), isFromUrl: false };
}

export interface ParsedOptions {
  options: EmbedOptions;
  /** Messages about invalid values. The defaults are used instead of these values. */
  problems: string[];
}

/**
 * Parse the options.
 *
 * @param valueFor returns the value of an option; null if it is not set
 */
export function parseOptions(valueFor: (name: string) => string | null): ParsedOptions {
  const problems: string[] = [];
  const choose = <Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]]): Choice => {
    const value = valueFor(name);
    const found = choices.find((choice) => choice === value);
    if (value !== null && found === undefined)
      problems.push(`${name}="${value}" is not valid. Use ${listed(choices)}.`);
    return found ?? choices[0];
  };
  const options: EmbedOptions = {
    code: valueFor("code"),
    view: choose("view", VIEWS),
    mode: choose("mode", MODES),
    run: runOf(valueFor("run"), problems),
    select: valueFor("select"),
    height: heightOf(valueFor("height"), problems),
    theme: choose("theme", THEMES),
  };
  return { options, problems };
}

function runOf(value: string | null, problems: string[]): boolean | null {
  if (value === null) return null;
  if (value === "1" || value === "0") return value === "1";
  problems.push(`run="${value}" is not valid. Use 0 or 1.`);
  return null;
}

function heightOf(value: string | null, problems: string[]): number | null {
  if (value === null) return null;
  const height = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (height >= MIN_HEIGHT && height <= MAX_HEIGHT) return height;
  problems.push(`height="${value}" is not valid. Use a number of pixels from ${MIN_HEIGHT} to ${MAX_HEIGHT}.`);
  return null;
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

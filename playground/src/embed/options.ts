/** What a page says of the playground that it shows: as attributes of `<hw-play>`, or in the address of a frame. */

import type { View } from "../state/workspace.ts";

export interface EmbedOptions {
  /** A module to show in the place of an example. */
  code: string | null;
  view: View | "split";
  mode: "edit" | "read";
  /** Whether it runs by itself: at once, never, or (null) as soon as somebody touches it. */
  run: boolean | null;
  /** The node that is picked from the beginning. */
  select: string | null;
  /** In pixels. */
  height: number | null;
  theme: Theme;
}

export type Theme = "auto" | "light" | "dark";

export const VIEWS = ["split", "code", "graph", "output"] as const;
export const MODES = ["edit", "read"] as const;
export const THEMES = ["auto", "light", "dark"] as const;
export const MIN_HEIGHT = 160;
export const MAX_HEIGHT = 4000;

/** Who says an option: the page itself, or its address, which anybody can write. */
export interface OptionSource {
  value: string | null;
  isFromAddress: boolean;
}

/**
 * What is said of an option; what a frame's address says comes first.
 *
 * @param address the query of the address; null where the page takes no options from it
 */
export function sourceOfOption(
  name: string,
  address: URLSearchParams | null,
  attributes: Pick<Element, "getAttribute">,
): OptionSource {
  const value = address?.get(name) ?? null;
  if (value !== null) return { value, isFromAddress: true };
  return { value: attributes.getAttribute(name), isFromAddress: false };
}

export interface ParsedOptions {
  options: EmbedOptions;
  /** What is wrong with what was said, in sentences; what is usual stands in for it. */
  problems: string[];
}

/** @param valueFor the value of an option by its name; null where nothing is said */
export function parseOptions(valueFor: (name: string) => string | null): ParsedOptions {
  const problems: string[] = [];
  const choose = <Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]]): Choice => {
    const value = valueFor(name);
    const found = choices.find((choice) => choice === value);
    if (value !== null && found === undefined) problems.push(`${name}="${value}" is none of ${listed(choices)}.`);
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
  problems.push(`run="${value}" is none of 0 and 1.`);
  return null;
}

function heightOf(value: string | null, problems: string[]): number | null {
  if (value === null) return null;
  const height = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (height >= MIN_HEIGHT && height <= MAX_HEIGHT) return height;
  problems.push(`height="${value}" is no number of pixels from ${MIN_HEIGHT} to ${MAX_HEIGHT}.`);
  return null;
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The files of two dataflows, with their text on both sides. */

import type { Files } from "../protocol.ts";

export interface ComparedFile {
  name: string;
  /** Null if the file does not exist on this side. */
  before: string | null;
  after: string | null;
  change: "added" | "removed" | "changed" | "same";
}

/** Pair the files of two dataflows. Files that differ come first, and modules come before data. */
export function comparedFiles(before: Files, after: Files): ComparedFile[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const files = names.map((name) => comparedFile(name, before[name] ?? null, after[name] ?? null));
  return files.sort((a, b) => rank(a) - rank(b));
}

function comparedFile(name: string, before: string | null, after: string | null): ComparedFile {
  const change = before === after ? "same" : before === null ? "added" : after === null ? "removed" : "changed";
  return { name, before, after, change };
}

function rank({ name, change }: ComparedFile): number {
  return (change === "same" ? 2 : 0) + (name.endsWith(".py") ? 0 : 1);
}

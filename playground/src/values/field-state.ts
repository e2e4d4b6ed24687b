/** What a field needs to know besides its value: what is wrong with it, and which files there are. */

import type { FieldReference, Files, ProblemView } from "../protocol.ts";

const TABLE_FILE = /\.(csv|tsv|txt|json)$/i;

/** The data files that a table can be read from. */
export function tableFiles(files: Files): string[] {
  return Object.keys(files).filter((name) => TABLE_FILE.test(name));
}

/** What is wrong with a value that was entered, by its first line; that a value is missing is said elsewhere. */
export function fieldProblem(
  { role, name }: FieldReference,
  text: string | null,
  problems: readonly ProblemView[],
): string | null {
  if (text === null) return null;
  const problem = problems.find(({ fields = [] }) =>
    fields.some((field) => field.role === role && field.name === name),
  );
  return problem?.message.split("\n", 1)[0] ?? null;
}

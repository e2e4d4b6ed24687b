/** The state of a field apart from its value: its problem, and the files that can be chosen. */

import type { FieldReference, Files, ProblemView } from "../protocol.ts";

const TABLE_FILE = /\.(csv|tsv|txt|json)$/i;

/** Return the data files from which a table can be read. */
export function tableFiles(files: Files): string[] {
  return Object.keys(files).filter((name) => TABLE_FILE.test(name));
}

/** Return the first line of the problem with an entered value. Missing values are reported elsewhere. */
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

/** What a link carries, and the check of what came with one. */

import * as v from "valibot";
import { isFileName } from "../file-names.ts";
import { MOST_FILES } from "../files/names.ts";
import { isWritten, LONGEST_TEXT } from "../values/json-text.ts";

const FileName = v.pipe(v.string(), v.check(isFileName, "A file has a name that is none."));

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** To the schemas of objects and of records a list is one, too. */
function noList(message: string) {
  return v.custom<object>((value) => !Array.isArray(value), message);
}

function filesOf<Content extends v.GenericSchema>(content: Content) {
  return v.pipe(
    noList("It lists files without their names."),
    v.record(FileName, content),
    v.check((files) => Object.keys(files).length <= MOST_FILES, `It holds more than ${MOST_FILES} files.`),
  );
}

const ValueText = v.pipe(
  v.string(),
  v.maxLength(LONGEST_TEXT + 20), // with the name of its form
  v.check(isWritten, "It holds a value that is none."),
);

const Values = v.record(Name, ValueText);

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A text as how many characters of the example's begin it, how many end it, and what stands between. */
export const Splice = v.strictTuple([Count, Count, v.string()]);

export type Splice = v.InferOutput<typeof Splice>;

/** Keys that are not known are left out: a later version may have added them. */
const Content = v.object({
  title: v.optional(Name),
  /** The texts by file name, of an example only those that differ; null for a file of the example that is gone. */
  files: v.optional(filesOf(v.nullable(v.string())), {}),
  /** Data of the example that differs. */
  spliced: v.optional(filesOf(Splice)),
  /** Null for all that nothing reads, where the example wants fewer. */
  outputs: v.optional(v.nullable(v.pipe(v.array(Name), v.maxLength(200)))),
  /** What was typed in, in the place of defaults. */
  given: v.optional(v.object({ inputs: Values, config: Values, overrides: v.exactOptional(Values) })),
  selected: v.optional(Name),
  /** The version of the engine that the link was made with. */
  engine: v.optional(v.pipe(v.string(), v.maxLength(40))),
});

export const Shared = v.pipe(noList("It is a list."), Content);

export type Shared = v.InferOutput<typeof Shared>;

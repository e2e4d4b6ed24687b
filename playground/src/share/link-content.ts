/** What a link carries, and the check of what came with one. */

import * as v from "valibot";
import { isFileName } from "../file-names.ts";
import { MAX_FILES } from "../files/names.ts";
import { named, several } from "../runtime/validators.ts";
import { isWireText, MAX_TEXT_LENGTH } from "../values/wire-text.ts";

/** As the visitor can give them: with an ending. */
const FileName = v.pipe(
  v.string(),
  v.check((name) => isFileName(name) && name.includes("."), "A file has a name that is none."),
);

/** Inputs, config values and overrides, of each. */
const MOST_VALUES = 1_000;
const MOST_OUTPUTS = 200;
/** Changes to one file. */
export const MOST_SPLICES = 1_000;

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** To the schemas of objects and of records a list is one, too. */
function noList(message: string) {
  return v.custom<object>((value) => !Array.isArray(value), message);
}

function filesOf<Content extends v.GenericSchema>(content: Content) {
  return v.pipe(
    v.unknown(),
    v.check((files) => !Array.isArray(files), "It lists files without their names."),
    v.check((files) => Object.keys(Object(files)).length <= MAX_FILES, `It holds more than ${MAX_FILES} files.`),
    named<v.InferOutput<Content>>(FileName, content, MAX_FILES),
  );
}

const ValueText = v.pipe(
  v.string(),
  v.maxLength(MAX_TEXT_LENGTH + 20), // with the name of its form
  v.check(isWireText, "It holds a value that is none."),
);

const Values = named(Name, ValueText, MOST_VALUES);

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** How many characters of the example's text to keep, how many to leave out after them, and what to put there. */
const Splice = v.strictTuple([Count, Count, v.string()]);

/** A text as the changes to the example's, in order; the rest of it follows. */
const Splices = several(Splice, MOST_SPLICES);

export type Splices = v.InferOutput<typeof Splices>;

/** Keys that are not known are left out: a later version may have added them. */
const Content = v.object({
  title: v.optional(Name),
  /** The texts by file name, of an example only those that differ; null for a file of the example that is gone. */
  files: v.optional(filesOf(v.nullable(v.string())), {}),
  /** Data of the example that differs. */
  spliced: v.optional(filesOf(Splices)),
  /** Null for all that nothing reads, where the example wants fewer. */
  outputs: v.optional(v.nullable(several(Name, MOST_OUTPUTS))),
  /** What was typed in, in the place of defaults. */
  given: v.optional(v.object({ inputs: Values, config: Values, overrides: v.exactOptional(Values) })),
  selected: v.optional(Name),
  /** The version of the engine that the link was made with. */
  engine: v.optional(v.pipe(v.string(), v.maxLength(40))),
});

export const LinkContent = v.pipe(noList("It is a list."), Content);

export type LinkContent = v.InferOutput<typeof LinkContent>;

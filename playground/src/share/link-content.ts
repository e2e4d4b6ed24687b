/** The schema of a link's content. */

import * as v from "valibot";
import { isFileName } from "../file-names.ts";
import { MAX_FILES } from "../files/names.ts";
import { maxEntries, maxItems } from "../runtime/validators.ts";
import { isWireText, MAX_TEXT_LENGTH } from "../values/wire-text.ts";

/** A file name that a visitor can choose. It has an extension. */
const FileName = v.pipe(
  v.string(),
  v.check((name) => isFileName(name) && name.includes("."), "A file name is invalid."),
);

/** The maximum number of values of each kind: inputs, config values and overrides. */
const MAX_VALUES = 1_000;
const MAX_OUTPUTS = 200;
/** The maximum number of changes per file. */
export const MAX_SPLICES = 1_000;

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** Reject arrays, which valibot's objects and records accept. */
function notArray(message: string) {
  return v.custom<object>((value) => !Array.isArray(value), message);
}

function filesOf<Content extends v.GenericSchema>(content: Content) {
  return v.pipe(
    v.unknown(),
    v.check((files) => !Array.isArray(files), "Its files have no names."),
    v.check((files) => Object.keys(Object(files)).length <= MAX_FILES, `It contains more than ${MAX_FILES} files.`),
    maxEntries<v.InferOutput<Content>>(FileName, content, MAX_FILES),
  );
}

const ValueText = v.pipe(
  v.string(),
  v.maxLength(MAX_TEXT_LENGTH + 20), // the prefix, such as `table:`, does not count toward the limit
  v.check(isWireText, "A value is invalid."),
);

const Values = maxEntries(Name, ValueText, MAX_VALUES);

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** One change: the number of characters to copy, the number of characters to skip next, and the text to insert there. */
const Splice = v.strictTuple([Count, Count, v.string()]);

/** Changes to a file in the example, in order. The rest of the file is unchanged. */
const Splices = maxItems(Splice, MAX_SPLICES);

export type Splices = v.InferOutput<typeof Splices>;

/** Unknown keys are dropped: a later version may have added them. */
const Content = v.object({
  title: v.optional(Name),
  /** The text of new and changed files. Null for a removed file of the example. */
  files: v.optional(filesOf(v.nullable(v.string())), {}),
  /** Changes to data files in the example. */
  spliced: v.optional(filesOf(Splices)),
  /** The outputs to compute. Null means all leaf nodes; it is needed only if the example selects fewer. */
  outputs: v.optional(v.nullable(maxItems(Name, MAX_OUTPUTS))),
  /** The values that were entered. */
  given: v.optional(v.object({ inputs: Values, config: Values, overrides: v.exactOptional(Values) })),
  selected: v.optional(Name),
  /** The version of the engine that created the link. */
  engine: v.optional(v.pipe(v.string(), v.maxLength(40))),
});

export const LinkContent = v.pipe(notArray("It contains a list instead of files."), Content);

export type LinkContent = v.InferOutput<typeof LinkContent>;

/** The parts of which `reply-validators.ts` is made. */

import * as v from "valibot";

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A text of at most so many characters, as Python counts them: some take two UTF-16 code units. */
export function longest(most: number) {
  return v.pipe(
    v.string(),
    v.check((text) => text.length <= most || (text.length <= 2 * most && charactersIn(text) <= most)),
  );
}

export function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The number of items is checked before any of them is. */
export function several<Item>(item: v.GenericSchema<unknown, Item>, most: number): v.GenericSchema<unknown, Item[]> {
  return v.pipe(v.array(v.unknown()), v.maxLength(most), v.array(item));
}

/** Values by name. A function may be called `constructor`, which valibot's own record would leave out. */
export function named<Value>(
  name: v.GenericSchema<unknown, string>,
  value: v.GenericSchema<unknown, Value>,
  most: number,
): v.GenericSchema<unknown, Record<string, Value>> {
  const entries = v.array(v.tuple([name, value]));
  return v.pipe(
    v.custom<object>((data) => typeof data === "object" && data !== null && !Array.isArray(data)),
    v.check((data) => Object.keys(data).length <= most),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const read = v.safeParse(entries, Object.entries(dataset.value), { abortEarly: true });
      if (read.success) return Object.fromEntries(read.output);
      addIssue({ message: read.issues[0].message });
      return NEVER;
    }),
  );
}

/** Two shapes that a key tells apart: only one has it. */
export function withOrWithout<With extends v.GenericSchema, Without extends v.GenericSchema>(
  key: string,
  withKey: With,
  withoutKey: Without,
) {
  return v.lazy<With | Without>((data) =>
    typeof data === "object" && data !== null && key in data ? withKey : withoutKey,
  );
}

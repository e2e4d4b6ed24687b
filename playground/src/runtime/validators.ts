/** Building blocks of `reply-validators.ts`. */

import * as v from "valibot";

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A string with at most `most` characters. As in Python, a character outside the basic plane has length one. */
export function maxText(most: number) {
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

/** An array with at most `most` items. The length is checked before the items. */
export function maxItems<Item>(item: v.GenericSchema<unknown, Item>, most: number): v.GenericSchema<unknown, Item[]> {
  return v.pipe(v.array(v.unknown()), v.maxLength(most), v.array(item));
}

/** An object with at most `most` keys. Unlike valibot's record, it accepts keys such as `constructor`. */
export function maxEntries<Value>(
  name: v.GenericSchema<unknown, string>,
  value: v.GenericSchema<unknown, Value>,
  most: number,
): v.GenericSchema<unknown, Record<string, Value>> {
  const entries = v.array(v.tuple([name, value]));
  return v.pipe(
    v.custom<object>((data) => typeof data === "object" && data !== null && !Array.isArray(data)),
    v.check((data) => Object.keys(data).length <= most),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const parsed = v.safeParse(entries, Object.entries(dataset.value), { abortEarly: true });
      if (parsed.success) return Object.fromEntries(parsed.output);
      addIssue({ message: parsed.issues[0].message });
      return NEVER;
    }),
  );
}

/** A union of two shapes that are distinguished by a key. */
export function unionByKey<With extends v.GenericSchema, Without extends v.GenericSchema>(
  key: string,
  withKey: With,
  withoutKey: Without,
) {
  return v.lazy<With | Without>((data) =>
    typeof data === "object" && data !== null && key in data ? withKey : withoutKey,
  );
}

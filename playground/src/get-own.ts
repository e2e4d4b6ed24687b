/** Return an own property of a record. The name may be untrusted: inherited properties such as `constructor` are ignored. */
export function getOwn<Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

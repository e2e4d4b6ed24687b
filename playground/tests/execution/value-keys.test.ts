import { expect, test } from "vitest";
import { ValueKeys } from "../../src/execution/value-keys.ts";
import type { CompletionView } from "../../src/protocol.ts";
import { Superseded } from "../../src/runtime/failures.ts";

const RAIN: CompletionView[] = [{ name: "rain", type: "float64" }];

/** Return `ValueKeys` for a runtime with these replies, and the nodes requested from it. */
function keysFrom(...replies: (readonly CompletionView[] | Error)[]): { keys: ValueKeys; requested: string[] } {
  const requested: string[] = [];
  const runtime = {
    keys: async (_session: string, node: string): Promise<readonly CompletionView[]> => {
      const reply = replies[requested.length] ?? [];
      requested.push(node);
      if (reply instanceof Error) throw reply;
      return reply;
    },
  };
  return { keys: new ValueKeys(runtime, "one"), requested };
}

test("keys are requested once, even while the reply is pending", async () => {
  const { keys, requested } = keysFrom(RAIN);
  expect(await Promise.all([keys.of("sales"), keys.of("sales")])).toEqual([RAIN, RAIN]);
  expect(await keys.of("sales")).toEqual(RAIN);
  expect(requested).toEqual(["sales"]);
});

test("keys are requested again after the values have changed", async () => {
  const { keys, requested } = keysFrom(RAIN, RAIN);
  await keys.of("sales");
  keys.discard();
  expect(await keys.of("sales")).toEqual(RAIN);
  expect(requested).toEqual(["sales", "sales"]);
});

test("keys of outdated values are null", async () => {
  const { keys } = keysFrom(RAIN);
  const outdated = keys.of("sales");
  keys.discard();
  expect(await outdated).toBeNull();
});

test.each([
  ["Python was starting", []],
  ["a newer request replaced the first", new Superseded("A newer request replaced this one.")],
])("keys are requested again if %s", async (_, reply) => {
  const { keys, requested } = keysFrom(reply, RAIN);
  expect(await keys.of("sales")).toEqual([]);
  expect(await keys.of("sales")).toEqual(RAIN);
  expect(requested).toEqual(["sales", "sales"]);
});

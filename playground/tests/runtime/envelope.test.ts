import { describe, expect, test } from "vitest";
import { envelopeOf } from "../../src/runtime/envelope.ts";

describe("the envelope of a message", () => {
  test.each<[string, unknown]>([
    ['{"id": 12, "session": "play-1", "kind": "graph", "graph": ', { id: 12, session: "play-1", kind: "graph" }],
    ['{"id":12,"session":"compare-2","kind":"closed"}', { id: 12, session: "compare-2", kind: "closed" }],
    ['{"kind":"stage","stage":"core","seconds":1}', { id: null, kind: "stage", stage: "core" }],
    ['{"kind":"boot-failed","message":"x"}', { id: null, kind: "boot-failed", stage: null }],
  ])("is read from the beginning of %s", (message, expected) => {
    expect(envelopeOf(message)).toEqual(expected);
  });

  test.each<[string, unknown]>([
    ["a reply that does not begin with it", '{"graph":{},"id":1,"session":"a","kind":"graph"}'],
    ["a kind that is not a reply", '{"id":1,"session":"a","kind":"stage"}'],
    ["a reply that names no request", '{"kind":"graph","graph":{}}'],
    ["an unknown kind", '{"id":1,"session":"a","kind":"navigate"}'],
    ["a kind with the name of an inherited property", '{"id":1,"session":"a","kind":"constructor"}'],
    ["an escaped session", '{"id":1,"session":"\\u0061","kind":"closed"}'],
    ["an invalid number", '{"id":1e3,"session":"a","kind":"closed"}'],
    ["an object", { id: 1, session: "a", kind: "closed" }],
    ["a stage that does not exist", '{"kind":"stage","stage":"hacked","seconds":1}'],
    ["nothing", null],
  ])("is missing from %s", (_, message) => {
    expect(envelopeOf(message)).toBeNull();
  });

  test.each([
    ["stage", '{"kind":"stage","stage":"core","seconds":1,"more":"'],
    ["state", '{"id":1,"session":"a","kind":"state","node":"'],
    ["closed", '{"id":1,"session":"a","kind":"closed","more":"'],
    ["graph", '{"id":1,"session":"a","kind":"graph","graph":"'],
  ])("is not read from a %s message that exceeds its length limit", (_, beginning) => {
    expect(envelopeOf(`${beginning}${"x".repeat(20_000_000)}"}`)).toBeNull();
  });
});

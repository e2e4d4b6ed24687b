import { expect, it } from "vitest";
import { Store } from "../../src/state/store.ts";
import { emptyWorkspace } from "../../src/state/workspace.ts";

it("notifies all listeners of events in order, even of an event sent by a listener", () => {
  const store = new Store(emptyWorkspace(true));
  const heard: string[] = [];
  store.subscribe((_, event) => {
    if (event.kind === "trusted") store.send({ kind: "auto-run-set", on: false });
  });
  store.subscribe((_, event) => heard.push(event.kind));
  store.send({ kind: "trusted" });
  expect(heard).toEqual(["trusted", "auto-run-set"]);
  expect(store.workspace.autoRun).toBe(false);
});

it("keeps notifying after a listener fails", () => {
  const store = new Store(emptyWorkspace(true));
  const end = store.subscribe(() => {
    throw new Error("failed");
  });
  expect(() => store.send({ kind: "trusted" })).toThrow("failed");
  end();
  const heard: string[] = [];
  store.subscribe((_, event) => heard.push(event.kind));
  store.send({ kind: "auto-run-set", on: false });
  expect(heard).toEqual(["auto-run-set"]);
});

import "fake-indexeddb/auto";
import { nothing } from "lit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DraftsController } from "../../src/drafts/drafts-controller.ts";
import { Store } from "../../src/state/store.ts";
import { emptyWorkspace } from "../../src/state/workspace.ts";

let drafts: DraftsController;
let store: Store;
let updates: number;

beforeEach(() => {
  store = new Store(emptyWorkspace(true));
  updates = 0;
  drafts = new DraftsController(store, new URL("https://example.org/"), "weather", {
    requestUpdate: () => {
      updates += 1;
    },
    show: () => undefined,
    compare: () => undefined,
    chooseExample: () => undefined,
  });
});

afterEach(() => drafts.close());

it("reports that the dialog cannot be loaded, and loads it on the next attempt", async () => {
  vi.doMock("../../src/drafts/drafts-dialog.ts", () => {
    throw new Error("offline");
  });
  await drafts.open();
  expect(store.workspace.notice?.message).toContain("The drafts could not be listed.");
  expect(drafts.template()).toBe(nothing);
  vi.doUnmock("../../src/drafts/drafts-dialog.ts");
  drafts.reopen();
  await vi.waitUntil(() => updates > 0, { timeout: 10_000 });
  expect(drafts.template()).not.toBe(nothing);
});

it("has no latest draft before anything is saved", async () => {
  expect(await drafts.latest()).toBeNull();
});

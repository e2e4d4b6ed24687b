import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DraftAutosave } from "../../src/drafts/draft-autosave.ts";
import { deleteDraft, listDrafts } from "../../src/drafts/draft-store.ts";
import { DraftsDialog } from "../../src/drafts/drafts-dialog.ts";
import type { DraftsMenu } from "../../src/drafts/menu.ts";
import type { LoadedProject } from "../../src/loading/load-project.ts";
import { Store } from "../../src/state/store.ts";
import { emptyWorkspace } from "../../src/state/workspace.ts";

let autosave: DraftAutosave;
let dialog: DraftsDialog;
let store: Store;
let shown: LoadedProject[];

async function openMenu(): Promise<DraftsMenu> {
  dialog.open();
  return vi.waitUntil(() => dialog.menu());
}

beforeEach(async () => {
  for (const { id } of await listDrafts()) await deleteDraft(id);
  store = new Store(emptyWorkspace(true));
  shown = [];
  autosave = new DraftAutosave(store);
  dialog = new DraftsDialog(store, autosave, new URL("https://example.org/"), "weather", {
    requestUpdate: () => undefined,
    show: (project) => {
      shown.push(project);
      store.send(project.opened);
    },
    compare: () => undefined,
    chooseExample: () => undefined,
  });
  store.send({
    kind: "opened",
    title: "Weather",
    example: null,
    files: { "flow.py": "a = 1" },
    outputs: null,
    selected: null,
    trusted: true,
    origin: { kind: "new" },
  });
  store.send({ kind: "edited", file: "flow.py", text: "a = 2" });
});

afterEach(() => autosave.close());

describe("actions in quick succession", () => {
  it("run in order, so the dialog stays closed after the last one closes it", async () => {
    const menu = await openMenu();
    menu.onRename("Dearer");
    menu.onDuplicate();
    await vi.waitUntil(() => shown.length === 1);
    expect(dialog.menu()).toBeNull();
    expect(store.workspace.title).toBe("Dearer 2");
  });

  it("do not reopen the dialog if the visitor closes it in the meantime", async () => {
    const menu = await openMenu();
    menu.onRename("Dearer");
    menu.onClose();
    menu.onDuplicate();
    await vi.waitUntil(() => shown.length === 1);
    expect(dialog.menu()).toBeNull();
  });

  it("run even if the previous action fails", async () => {
    const menu = await openMenu();
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementationOnce(() => {
      throw new DOMException("The disk is full.", "QuotaExceededError");
    });
    menu.onDuplicate();
    menu.onDuplicate();
    await vi.waitUntil(() => shown.length === 1);
    expect(dialog.menu()).toBeNull();
  });
});

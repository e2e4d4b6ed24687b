import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DraftAutosave } from "../../src/drafts/draft-autosave.ts";
import { deleteDraft, listDrafts, readDraft, saveDraft } from "../../src/drafts/draft-store.ts";
import type { WorkspaceEvent } from "../../src/state/events.ts";
import { Store } from "../../src/state/store.ts";
import { emptyWorkspace, runSpecOf } from "../../src/state/workspace.ts";

const OPENED: Extract<WorkspaceEvent, { kind: "opened" }> = {
  kind: "opened",
  title: "Weather",
  example: null,
  files: { "flow.py": "a = 1" },
  outputs: null,
  selected: null,
  trusted: true,
  origin: { kind: "link", fragment: "#v1.abc" },
};

let store: Store;
let autosave: DraftAutosave;

function edit(text: string): void {
  store.send({ kind: "edited", file: "flow.py", text });
}

beforeEach(async () => {
  for (const { id } of await listDrafts()) await deleteDraft(id);
  store = new Store(emptyWorkspace(true));
  autosave = new DraftAutosave(store);
  store.send(OPENED);
});

afterEach(() => autosave.close());

describe("the visitor's changes", () => {
  it("create a draft, but consent and a chosen view do not", async () => {
    store.send({ kind: "trusted" });
    store.send({ kind: "view-chosen", view: "graph" });
    await autosave.current();
    expect(await listDrafts()).toEqual([]);
    expect(store.workspace.draft).toBeNull();
  });

  it("are saved in one draft, from the first change on", async () => {
    for (let count = 0; count < 20; count++) edit(`a = ${count}`);
    const draft = await autosave.current();
    expect(await listDrafts()).toHaveLength(1);
    expect(store.workspace.draft).toBe(draft?.id);
    expect(await readDraft(draft?.id ?? "")).toMatchObject({
      title: "Weather",
      files: { "flow.py": "a = 19" },
      origin: { kind: "link", fragment: "#v1.abc" },
    });
  });

  it("are saved with the values entered for inputs", async () => {
    store.send({ kind: "value-set", role: "inputs", name: "window", text: "30" });
    const draft = await autosave.current();
    expect((await readDraft(draft?.id ?? ""))?.given.inputs).toEqual({ window: "30" });
  });

  it("are saved under the title that the visitor sets", async () => {
    edit("a = 2");
    await autosave.current();
    store.send({ kind: "title-set", title: "Mine" });
    await autosave.current();
    expect((await listDrafts()).map(({ title }) => title)).toEqual(["Mine"]);
  });

  it("never overwrite the code that was open before", async () => {
    edit("a = 2");
    store.send({ ...OPENED, files: { "flow.py": "b = 1" } }); // immediately, while the first change is still being written
    edit("b = 2");
    await autosave.current();
    await vi.waitFor(async () => expect(await listDrafts()).toHaveLength(2));
    const drafts = await Promise.all((await listDrafts()).map(({ id }) => readDraft(id)));
    expect(drafts.map((draft) => draft?.files["flow.py"]).sort()).toEqual(["a = 2", "b = 2"]);
  });

  it("are not overwritten by a run that starts as soon as other code is opened", async () => {
    autosave.close();
    store.subscribe((workspace, event) => {
      if (event.kind === "opened") store.send({ kind: "run-started", request: runSpecOf(workspace) });
    });
    autosave = new DraftAutosave(store);
    store.send(OPENED);
    edit("a = 2");
    const { id = "" } = (await autosave.current()) ?? {};
    store.send({ ...OPENED, files: { "flow.py": "b = 1" } });
    await autosave.current();
    expect(await listDrafts()).toHaveLength(1);
    expect((await readDraft(id))?.files).toEqual({ "flow.py": "a = 2" });
  });

  it("are saved in the same draft after it is reopened", async () => {
    edit("a = 2");
    const { id = "", revision = 0 } = (await autosave.current()) ?? {};
    store.send({ ...OPENED, draft: { id, revision } });
    edit("a = 3");
    await autosave.current();
    expect(await listDrafts()).toHaveLength(1);
    expect((await readDraft(id))?.files).toEqual({ "flow.py": "a = 3" });
  });

  it("are saved in a new draft, with a notice, if another tab has also changed the draft", async () => {
    edit("a = 2");
    const draft = await autosave.current();
    if (draft === null) throw new Error("nothing was saved");
    await saveDraft({ ...draft, files: { "flow.py": "elsewhere" } });
    edit("a = 3");
    await autosave.current();
    expect(store.workspace.notice?.message).toContain("saved as “Weather 2”");
    expect(store.workspace.title).toBe("Weather 2");
    expect((await readDraft(draft.id))?.files).toEqual({ "flow.py": "elsewhere" });
    expect((await readDraft(store.workspace.draft ?? ""))?.files).toEqual({ "flow.py": "a = 3" });
  });

  it("to untrusted code do not make it trusted", async () => {
    store.send({ ...OPENED, trusted: false });
    edit("a = 2");
    const draft = await autosave.current();
    expect((await readDraft(draft?.id ?? ""))?.trusted).toBe(false);
    store.send({ kind: "trusted" });
    await autosave.current();
    expect((await readDraft(draft?.id ?? ""))?.trusted).toBe(true);
  });
});

describe("a browser that refuses storage", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ["QuotaExceededError", "storage is full"],
    ["UnknownError", "blocks storage for this page"],
  ])("causes one notice and nothing else: %s", async (name, reason) => {
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("", name);
    });
    const notices: string[] = [];
    store.subscribe((workspace, event) => {
      if (event.kind === "notice-set") notices.push(workspace.notice?.message ?? "");
    });
    edit("a = 2");
    await autosave.current();
    edit("a = 3");
    await autosave.current();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(reason);
    expect(store.workspace.files).toEqual({ "flow.py": "a = 3" });
    vi.restoreAllMocks();
    edit("a = 4");
    await autosave.current();
    expect(await listDrafts()).toHaveLength(1);
  });
});

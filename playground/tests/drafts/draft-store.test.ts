import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { deleteDraft, latestDraft, listDrafts, readDraft, saveDraft } from "../../src/drafts/draft-store.ts";
import { type Draft, newDraftId } from "../../src/storage/draft.ts";

function fresh(title: string): Draft {
  return {
    id: newDraftId(),
    title,
    changed: 0,
    files: { "flow.py": title },
    outputs: null,
    given: { inputs: {}, config: {}, overrides: {} },
    trusted: true,
    origin: { kind: "new" },
    example: null,
    revision: 0,
  };
}

async function titles(): Promise<string[]> {
  return (await listDrafts()).map(({ title }) => title);
}

const MINUTE = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

beforeEach(async () => {
  for (const { id } of await listDrafts()) await deleteDraft(id);
});

describe("the draft store", () => {
  it("returns a saved draft", async () => {
    const saved = await saveDraft(fresh("Weather"));
    expect(await readDraft(saved.id)).toEqual(saved);
    expect(saved.files).toEqual({ "flow.py": "Weather" });
  });

  it("has no draft before the first change", async () => {
    expect(await listDrafts()).toEqual([]);
    expect(await latestDraft()).toBeNull();
    expect(await readDraft("none")).toBeNull();
  });

  it("lists the most recently changed draft first", async () => {
    const first = await saveDraft(fresh("First"));
    await later();
    await saveDraft(fresh("Second"));
    expect(await titles()).toEqual(["Second", "First"]);
    await later();
    await saveDraft({ ...first, files: { "flow.py": "changed" } });
    expect(await titles()).toEqual(["First", "Second"]);
    expect((await latestDraft())?.files).toEqual({ "flow.py": "changed" });
  });

  it("gives a new draft a unique title", async () => {
    for (let count = 0; count < 3; count++) await saveDraft(fresh("Weather"));
    expect((await titles()).sort()).toEqual(["Weather", "Weather 2", "Weather 3"]);
  });

  it("remembers the content before the last pause of half an hour", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 0 });
    const first = await saveDraft({ ...fresh("Weather"), files: { "flow.py": "1" } });
    expect(first.earlier).toBeUndefined();
    vi.setSystemTime(29 * MINUTE);
    const second = await saveDraft({ ...first, files: { "flow.py": "2" }, trusted: false });
    expect(second.earlier).toBeUndefined();
    vi.setSystemTime(60 * MINUTE);
    const third = await saveDraft({ ...second, files: { "flow.py": "3" }, trusted: true });
    expect(third.earlier).toMatchObject({ files: { "flow.py": "2" }, trusted: false, changed: 29 * MINUTE });
    // The earlier content is kept even if a tab without it saves the draft.
    const { earlier: _, ...opened } = third;
    expect((await saveDraft({ ...opened, files: { "flow.py": "4" } })).earlier).toEqual(third.earlier);
  });

  it("saves a new draft if two tabs changed the same one", async () => {
    const read = await saveDraft(fresh("Weather"));
    const here = await saveDraft({ ...read, files: { "flow.py": "here" } });
    const there = await saveDraft({ ...read, files: { "flow.py": "there" } });
    expect(here.id).toBe(read.id);
    expect(there.id).not.toBe(read.id);
    expect(there.title).toBe("Weather 2");
    expect((await readDraft(here.id))?.files).toEqual({ "flow.py": "here" });
    expect((await readDraft(there.id))?.files).toEqual({ "flow.py": "there" });
  });

  it("keeps writing to the new draft of a tab", async () => {
    const read = await saveDraft(fresh("Weather"));
    await saveDraft(read);
    const there = await saveDraft(read);
    const after = await saveDraft({ ...there, files: { "flow.py": "more" } });
    expect(after.id).toBe(there.id);
    expect(await titles()).toHaveLength(2);
  });

  it("does not lose changes in one tab after another has deleted the draft", async () => {
    const read = await saveDraft(fresh("Weather"));
    await deleteDraft(read.id);
    const saved = await saveDraft({ ...read, files: { "flow.py": "still here" } });
    expect((await readDraft(saved.id))?.files).toEqual({ "flow.py": "still here" });
  });
});

/** Wait for the next millisecond, the resolution of a draft's timestamp. */
function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3));
}

import { nothing } from "lit/html.js";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { GalleryEntry } from "../../src/gallery/entries.ts";
import { GalleryPicker } from "../../src/gallery/gallery-picker.ts";
import type { PickerView } from "../../src/gallery/picker-template.ts";
import type { LoadedProject } from "../../src/loading/load-project.ts";

const ENTRIES: GalleryEntry[] = ["hello", "jobs", "digits"].map((name) => ({
  name,
  title: name,
  summary: "",
  shows: "",
  tags: [],
}));
const EXAMPLE = { name: "jobs", title: "US jobs", summary: "", files: { "jobs.py": "" }, credits: {}, outputs: null };

let picker: GalleryPicker;
let shown: LoadedProject[];
let exampleStatus: number;

beforeEach(() => {
  shown = [];
  exampleStatus = 200;
  vi.stubGlobal("fetch", async (url: URL) =>
    url.pathname.endsWith("gallery.json")
      ? Response.json(ENTRIES)
      : new Response(JSON.stringify(EXAMPLE), { status: exampleStatus }),
  );
  picker = new GalleryPicker({
    root: { adoptedStyleSheets: [], querySelector: () => null } as unknown as ShadowRoot,
    assets: new URL("https://example.org/"),
    requestUpdate: () => undefined,
    current: () => "hello",
    show: (project) => shown.push(project),
  });
});

afterEach(() => vi.unstubAllGlobals());

function view(): PickerView {
  const current = picker.view();
  if (current === null) throw new Error("The dialog is closed.");
  return current;
}

it("is closed at first", () => {
  expect(picker.template()).toBe(nothing);
});

it("lists all examples, and marks the open one", async () => {
  await picker.open();
  expect(view()).toMatchObject({ found: ENTRIES, active: 0, current: "hello", error: null });
});

it("moves between the options, and from the last to the first", async () => {
  await picker.open();
  view().onMove(-1);
  expect(view().active).toBe(2);
  view().onMove(1);
  expect(view().active).toBe(0);
});

it("activates the first option found", async () => {
  await picker.open();
  view().onMove(1);
  view().onQuery("digits");
  expect(view()).toMatchObject({ found: [ENTRIES[2]], active: 0 });
  view().onQuery("nothing");
  view().onMove(1);
  expect(view()).toMatchObject({ found: [], active: 0 });
});

it("opens the chosen example and closes", async () => {
  await picker.open();
  view().onChoose("jobs");
  await vi.waitUntil(() => shown.length === 1);
  expect(shown[0]?.opened).toMatchObject({
    title: "US jobs",
    origin: { kind: "example", name: "jobs" },
    trusted: true,
  });
  expect(picker.view()).toBeNull();
});

it("reports that an example cannot be fetched, and stays open", async () => {
  exampleStatus = 500;
  await picker.open();
  view().onChoose("jobs");
  await vi.waitUntil(() => view().error !== null);
  expect(view().error).toContain("HTTP 500");
  expect(shown).toEqual([]);
});

it("stays closed if the visitor closes it while an example fails to load", async () => {
  exampleStatus = 500;
  await picker.open();
  const { onChoose, onClose } = view();
  onChoose("jobs");
  onClose();
  await new Promise(setImmediate);
  expect(picker.view()).toBeNull();
});

import { afterEach, describe, expect, it, vi } from "vitest";
import { fetchEntries, findEntries, type GalleryEntry } from "../../src/gallery/entries.ts";

const ENTRIES: GalleryEntry[] = [
  { name: "jobs", title: "US jobs", summary: "Employment by month.", shows: "Many nodes.", tags: ["pandas"] },
  {
    name: "digits",
    title: "Digits",
    summary: "Images, compressed.",
    shows: "Fields of a node.",
    tags: ["scikit-learn"],
  },
  { name: "months", title: "Months", summary: "Rain.", shows: "Checks.", tags: ["pandas", "time series"] },
];

const namesOf = (query: string): string[] => findEntries(ENTRIES, query).map(({ name }) => name);

afterEach(() => vi.unstubAllGlobals());

describe("the search", () => {
  it.each([
    ["", ["jobs", "digits", "months"]],
    ["  ", ["jobs", "digits", "months"]],
    ["PANDAS", ["jobs", "months"]],
    ["pandas rain", ["months"]],
    ["time series", ["months"]],
    ["node", ["jobs", "digits"]],
    ["nothing like this", []],
  ])("finds the entries that contain every word of %j", (query, names) => {
    expect(namesOf(query)).toEqual(names);
  });

  it("puts titles before other text", () => {
    expect(namesOf("month")).toEqual(["months", "jobs"]);
  });

  it("does not find words across two texts", () => {
    expect(namesOf("month.many")).toEqual([]);
  });
});

describe("the list", () => {
  it("is fetched from the bundle's folder", async () => {
    const fetched = vi.fn(async () => new Response(JSON.stringify(ENTRIES)));
    vi.stubGlobal("fetch", fetched);
    expect(await fetchEntries(new URL("https://example.org/assets/"))).toEqual(ENTRIES);
    expect(fetched).toHaveBeenCalledWith(new URL("https://example.org/assets/gallery.json"));
  });

  it("causes an error if it cannot be fetched", async () => {
    vi.stubGlobal("fetch", async () => new Response("", { status: 503 }));
    await expect(fetchEntries(new URL("https://example.org/"))).rejects.toThrow(
      "The list of examples could not be fetched (HTTP 503).",
    );
  });
});

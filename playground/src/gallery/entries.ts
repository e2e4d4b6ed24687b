/** The examples in the gallery. `docs/hooks/gallery.py` writes the list. */

export interface GalleryEntry {
  name: string;
  title: string;
  summary: string;
  /** The part of Headwater that the example shows, as a sentence. */
  shows: string;
  tags: string[];
}

/**
 * @param assets the base URL of the bundle's files
 * @throws Error if the list cannot be fetched
 */
export async function fetchEntries(assets: URL): Promise<GalleryEntry[]> {
  const response = await fetch(new URL("gallery.json", assets));
  if (!response.ok) throw new Error(`The list of examples could not be fetched (HTTP ${response.status}).`);
  return (await response.json()) as GalleryEntry[]; // not validated: the site's own build wrote the list
}

/** Return the entries that contain every word of a query. Entries whose title contains the query come first. */
export function findEntries(entries: readonly GalleryEntry[], query: string): GalleryEntry[] {
  const text = query.trim().toLowerCase();
  const words = text.split(/\s+/);
  const found = entries.filter((entry) => {
    const searched = [entry.title, entry.summary, entry.shows, ...entry.tags].join("\n").toLowerCase();
    return words.every((word) => searched.includes(word));
  });
  const isInTitle = ({ title }: GalleryEntry): boolean => title.toLowerCase().includes(text);
  return [...found.filter(isInTitle), ...found.filter((entry) => !isInTitle(entry))];
}

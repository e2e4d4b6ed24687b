/** A fake package index, which answers `fetch`. */

import { vi } from "vitest";

export const INDEX = "https://index.example/simple";
export const FILES = "https://files.example/";

export interface FakeFile {
  filename: string;
  python?: string;
  yanked?: boolean | string;
  size?: number;
  /** Used instead of the hash of the bytes; null to omit the hash. */
  sha256?: string | null;
  /** Whether the index lists the hash of the metadata file; undefined if the metadata is not a separate file. */
  metadata?: "hashed" | "unhashed";
  /** Used instead of an absolute URL. */
  url?: string;
}

/** Serve projects; each file contains its URL. Return the URLs of the requests, with their options. */
export async function serve(
  projects: Record<string, readonly FakeFile[]>,
): Promise<[url: string, init: RequestInit][]> {
  const listings = new Map<string, unknown>();
  for (const [name, files] of Object.entries(projects)) {
    listings.set(`${INDEX}/${name}/`, { meta: {}, name, files: await Promise.all(files.map(listed)) });
  }
  const requests: [string, RequestInit][] = [];
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit) => {
    requests.push([url.href, init]);
    if (url.origin !== new URL(INDEX).origin) return new Response(url.href);
    const listing = listings.get(url.href);
    return listing === undefined ? new Response("", { status: 404 }) : Response.json(listing);
  });
  return requests;
}

async function listed(file: FakeFile): Promise<unknown> {
  const url = file.url ?? FILES + file.filename;
  const sha256 = file.sha256 === undefined ? await digest(url) : file.sha256;
  const metadata =
    file.metadata === "hashed" ? { sha256: await digest(`${url}.metadata`) } : file.metadata !== undefined;
  return {
    filename: file.filename,
    url,
    hashes: sha256 === null ? {} : { sha256 },
    size: file.size ?? 1000,
    "requires-python": file.python ?? null,
    yanked: file.yanked ?? false,
    "core-metadata": metadata,
  };
}

async function digest(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

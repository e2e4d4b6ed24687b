/** The list of runtime files, written by the build. */

import * as v from "valibot";
import { BootFailed } from "./failures.ts";

const stage = v.picklist(["core", "memory", "library", "resolver", "pack", "preload"]);

const entry = v.object({
  name: v.string(),
  url: v.string(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  bytes: v.number(),
  transfer: v.number(),
  stage,
  imports: v.array(v.string()),
  distribution: v.exactOptional(v.object({ name: v.string(), version: v.string() })),
  requires: v.exactOptional(v.array(v.string())),
});

const manifest = v.object({ version: v.literal(1), pyodide: v.string(), index: v.string(), files: v.array(entry) });

/**
 * The purpose of a file: to start Python, to fill its memory, to import the library, to resolve packages, to import a pack, or
 * to start Python with a pack. A pack is loaded when code imports it. A preload is loaded after its packs have been used.
 */
export type FileStage = v.InferOutput<typeof stage>;
export type RuntimeFile = v.InferOutput<typeof entry>;
export type Manifest = v.InferOutput<typeof manifest>;

export async function readManifest(url: URL): Promise<Manifest> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new BootFailed("The Python runtime could not be downloaded. Check your connection.");
  }
  if (!response.ok) {
    throw new BootFailed(
      `The list of runtime files could not be downloaded (HTTP ${response.status} for ${url.pathname}).`,
    );
  }
  const parsed = v.safeParse(manifest, await response.json().catch(() => null));
  if (!parsed.success) {
    throw new BootFailed(`The list of runtime files is damaged or has an unsupported version (${url.pathname}).`);
  }
  return parsed.output;
}

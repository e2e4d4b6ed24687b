/**
 * Entry point of a page that shows only the playground. It starts Python while the page is still being parsed and drawn. The
 * playground's element later uses the same interpreter. Deferred assets are loaded once Python has started or failed.
 */

import { loadDeferredAssets } from "./deferred-assets.ts";
import { firstIdle } from "./idle.ts";
import { sharedRuntime } from "./runtime/shared.ts";

void begin();

async function begin(): Promise<void> {
  const runtime = sharedRuntime(new URL(/* @vite-ignore */ "./", import.meta.url));
  await runtime.boot().catch(() => undefined); // the element reports a failed start
  await firstIdle(runtime);
  await loadDeferredAssets();
}

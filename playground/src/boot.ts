/**
 * For a page that is all playground: starts Python at once, while the page itself is still being read and drawn. The
 * element finds it on its way. What the page can do without until then is loaded when Python is there, or will not be.
 */

import { loadDeferredAssets } from "./deferred-assets.ts";
import { firstIdle } from "./idle.ts";
import { sharedRuntime } from "./runtime/shared.ts";

void begin();

async function begin(): Promise<void> {
  const runtime = sharedRuntime(new URL(/* @vite-ignore */ "./", import.meta.url));
  await runtime.boot().catch(() => undefined); // the element shows the runtime's status
  await firstIdle(runtime);
  await loadDeferredAssets();
}

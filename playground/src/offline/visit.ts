/**
 * Every page of the site loads this: it has the site kept for visits without a network, says when a newer one is there,
 * and lets instant navigation lead to the playground and back.
 */

import { hasDeferredAssets, loadDeferredAssets } from "../deferred-assets.ts";
import { settledAndIdle } from "../idle.ts";
import { sharedRuntime } from "../runtime/shared.ts";
import { isSwitchedOff } from "./choice.ts";
import { unregister } from "./unregister.ts";
import { isOutdated, onNewVersion } from "./update-check.ts";

const assets = new URL(/* @vite-ignore */ "./", import.meta.url);
const root = new URL("../../", assets);

// Where the playground's own page is the first, `boot.ts` says when.
if (!hasDeferredAssets()) void loadDeferredAssets();

// Frames in other sites' pages would each keep a site of their own. Where the browser refuses workers or storage, or the
// address is not secure, the site is as it is without them.
if (window.top === window) begin().catch(() => undefined);

async function begin(): Promise<void> {
  const workers = navigator.serviceWorker;
  if (workers === undefined) return;
  if (isSwitchedOff(root)) {
    if (await unregister(workers, root)) await say("This site is no longer kept for use without a network.");
    return;
  }
  onNewVersion(workers, offerReload);
  await settledAndIdle(sharedRuntime(assets));
  await workers.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" });
  if (await isOutdated(workers)) await offerReload();
}

async function offerReload(): Promise<void> {
  await say("A new version of this site is ready.", { name: "Reload", act: () => location.reload() });
}

async function say(...what: Parameters<typeof import("./notice.ts")["showNotice"]>): Promise<void> {
  const notice = await import("./notice.ts");
  notice.showNotice(...what);
}

/**
 * Entry point of every page: makes the site available offline, offers new versions, and loads deferred assets when
 * instant navigation leads to or from the playground.
 */

import { hasDeferredAssets, loadDeferredAssets } from "../deferred-assets.ts";
import { settledAndIdle } from "../idle.ts";
import { sharedRuntime } from "../runtime/shared.ts";
import { isSwitchedOff } from "./choice.ts";
import { unregister } from "./unregister.ts";
import { isOutdated, onNewVersion } from "./update-check.ts";

const assets = new URL(/* @vite-ignore */ "./", import.meta.url);
const root = new URL("../../", assets);

// On the playground's page, `boot.ts` loads the deferred assets.
if (!hasDeferredAssets()) void loadDeferredAssets();

// Frames on other sites would each store the whole site. If the browser refuses workers or storage, or the connection
// is not secure, the site works only online.
if (window.top === window) begin().catch(() => undefined);

async function begin(): Promise<void> {
  const workers = navigator.serviceWorker;
  if (workers === undefined) return;
  if (isSwitchedOff(root)) {
    if (await unregister(workers, root)) await notify("This site is no longer available offline.");
    return;
  }
  onNewVersion(workers, offerReload);
  await settledAndIdle(sharedRuntime(assets));
  await workers.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" });
  if (await isOutdated(workers)) await offerReload();
}

async function offerReload(): Promise<void> {
  await notify("A new version of this site is ready.", { name: "Reload", run: () => location.reload() });
}

async function notify(...parameters: Parameters<typeof import("./notice.ts")["showNotice"]>): Promise<void> {
  const notice = await import("./notice.ts");
  notice.showNotice(...parameters);
}

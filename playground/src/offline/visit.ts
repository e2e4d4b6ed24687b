/**
 * Every page of the site loads this: it has the site kept for visits without a network, says when a newer one is there,
 * and lets instant navigation lead to the playground and back.
 */

import { isPuttingOff, loadPutOff } from "../put-off.ts";
import { quiet } from "../quiet.ts";
import { sharedRuntime } from "../runtime/shared.ts";
import { isSwitchedOff } from "./choice.ts";
import { leave } from "./leaving.ts";
import { isBehind, onNewVersion } from "./newer.ts";

const assets = new URL(/* @vite-ignore */ "./", import.meta.url);
const root = new URL("../../", assets);

// Where the playground's own page is the first, `early.ts` says when.
if (!isPuttingOff()) void loadPutOff();

// Frames in other sites' pages would each keep a site of their own. Where the browser refuses workers or storage, or the
// address is not secure, the site is as it is without them.
if (window.top === window) begin().catch(() => undefined);

async function begin(): Promise<void> {
  const workers = navigator.serviceWorker;
  if (workers === undefined) return;
  if (isSwitchedOff(root)) {
    if (await leave(workers, root)) await say("This site is no longer kept for use without a network.");
    return;
  }
  onNewVersion(workers, offer);
  await quiet(sharedRuntime(assets));
  await workers.register(new URL("sw.js", root), { scope: root.pathname, updateViaCache: "none" });
  if (await isBehind(workers)) await offer();
}

async function offer(): Promise<void> {
  await say("A new version of this site is ready.", { name: "Reload", act: () => location.reload() });
}

async function say(...what: Parameters<typeof import("./notice.ts")["say"]>): Promise<void> {
  const notice = await import("./notice.ts");
  notice.say(...what);
}

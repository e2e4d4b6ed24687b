/**
 * On one's own machine the site is built again and again, and tomorrow another project may answer at the same port. There
 * the server is asked at each visit: what it has goes before what is kept, and what is kept serves when nobody answers.
 */

import type { Version } from "./version.ts";

declare const self: ServiceWorkerGlobalScope;

const TIMEOUT_MILLISECONDS = 2_000;

export function isLocalhost(url: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}

/** Whether a visitor may be answered from here: the server has just this version, or there is no server. */
export async function serverServes(version: Version): Promise<boolean> {
  try {
    const answer = await fetch(self.location.href, {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (answer.status === 404) await self.registration.unregister(); // another site has moved in
    return answer.ok && (await answer.text()).includes(version.id);
  } catch {
    return true;
  }
}

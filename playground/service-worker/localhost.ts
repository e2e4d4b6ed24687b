/**
 * On localhost, the site is rebuilt often, and another project may later use the same port. Therefore, the worker asks the
 * server first at each visit, and answers from its cache only if no server answers.
 */

import type { Version } from "./version.ts";

declare const self: ServiceWorkerGlobalScope;

const TIMEOUT_MILLISECONDS = 2_000;

export function isLocalhost(url: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}

/** Return whether the cache may answer requests: the server has exactly this version, or does not answer. */
export async function serverServes(version: Version): Promise<boolean> {
  try {
    const answer = await fetch(self.location.href, {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (answer.status === 404) await self.registration.unregister(); // another site now uses the port
    return answer.ok && (await answer.text()).includes(version.id);
  } catch {
    return true;
  }
}

/**
 * The service worker, which serves the site offline. A page is served from the newest version that is completely stored. All
 * later requests from that page are served from the same version, even if a newer version is installed in the meantime.
 */

import { isLocalhost, serverServes } from "./localhost.ts";
import { FROM_SERVER, OpenPages } from "./open-pages.ts";
import { deleteUnusedPythonFiles, updatePythonFiles } from "./python-files.ts";
import { isArchive, root } from "./scope.ts";
import type { SiteList } from "./site-list.ts";
import { StoredVersions } from "./stored-versions.ts";

declare const self: ServiceWorkerGlobalScope;
declare const SITE: SiteList;

const versions = new StoredVersions(SITE);
const pages = new OpenPages();

self.addEventListener("install", (event) => event.waitUntil(install(event)));
self.addEventListener("activate", (event) => event.waitUntil(deleteUnused(event)));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(root.href) || isArchive(url)) return;
  event.respondWith(event.request.mode === "navigate" ? respondToNavigation(event, url) : respondToRequest(event, url));
});
self.addEventListener("message", (event) => {
  // Pages send only one kind of message, which asks whether a version newer than the page's is installed.
  if (event.source instanceof Client) event.waitUntil(reportNewerVersion(event.source.id, event.ports[0]));
});

async function install(event: ExtendableEvent): Promise<void> {
  await versions.register();
  await versions.current.install(event);
  await updatePythonFiles(event, versions.current, await versions.all());
  // Activate immediately. Open pages keep their version, and the next page gets this version.
  await self.skipWaiting();
}

async function deleteUnused(event: ExtendableEvent): Promise<void> {
  const open = (await self.clients.matchAll({ type: "all", includeUncontrolled: true })).map((client) => client.id);
  await pages.deleteOld(open);
  const retained = await versions.deleteUnused(await pages.versionsInUse(open));
  await deleteUnusedPythonFiles(event, retained);
}

async function respondToNavigation(event: FetchEvent, url: URL): Promise<Response> {
  if (url.searchParams.get("sw") === "off") return fetchFromServer(event);
  if (isLocalhost(url) && !(await serverServes(versions.current))) return fetchFromServer(event);
  if (!versions.current.has(url)) {
    const folder = new URL(`${url.pathname}/${url.search}`, url);
    return versions.current.has(folder) ? Response.redirect(folder.href) : fetchFromServer(event);
  }
  try {
    const response = await versions.current.respond(event, url);
    event.waitUntil(pages.record(event.resultingClientId, versions.current.id));
    return response;
  } catch {
    // The browser has evicted the page from the cache, and the server already has a different version.
    return fetchFromServer(event);
  }
}

async function respondToRequest(event: FetchEvent, url: URL): Promise<Response> {
  const opened = await pages.versionOf(event.clientId);
  // A worker that the page starts also gets the page's version.
  if (opened !== null && event.resultingClientId !== "") await pages.record(event.resultingClientId, opened);
  if (opened === FROM_SERVER) return fetch(event.request);
  const version = opened === null ? versions.current : await versions.version(opened);
  return version?.has(url) ? version.respond(event, url) : fetch(event.request);
}

/** Answer a page and all its later requests from the server. */
async function fetchFromServer(event: FetchEvent): Promise<Response> {
  await pages.record(event.resultingClientId, FROM_SERVER);
  return fetch(event.request);
}

async function reportNewerVersion(page: string, port: MessagePort | undefined): Promise<void> {
  const opened = await pages.versionOf(page);
  port?.postMessage(opened !== null && opened !== FROM_SERVER && opened !== versions.current.id);
}

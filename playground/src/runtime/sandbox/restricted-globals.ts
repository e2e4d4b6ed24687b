/**
 * Removes from the worker what could reach anything outside of it. The frame's policy forbids all connections in any case;
 * this holds where a browser applies that policy to some kind of connection in another way, or not yet.
 */

/** Globals, and members of `navigator`. What a browser lacks is not missed. */
export const RESTRICTED_GLOBALS: readonly string[] = [
  // Other workers, which would have all that is removed here.
  "Worker",
  "SharedWorker",
  "Worklet",
  "importScripts",
  // Connections.
  "fetch",
  "fetchLater",
  "EventSource",
  "TCPSocket",
  "TCPServerSocket",
  "UDPSocket",
  "FontFace",
  "FontFaceSet",
  "fonts",
  "sendBeacon",
  "onrtctransform",
  // Other pages of this browser.
  "BroadcastChannel",
  "postMessage",
  "clients",
  "Client",
  "Clients",
  "locks",
  "LockManager",
  "serviceWorker",
  // Storage.
  "indexedDB",
  "webkitIndexedDB",
  "caches",
  "cookieStore",
  "storage",
  "StorageManager",
  "storageBuckets",
  "StorageBucketManager",
  "webkitRequestFileSystem",
  "webkitRequestFileSystemSync",
  "webkitResolveLocalFileSystemURL",
  "webkitResolveLocalFileSystemSyncURL",
  // Devices, and what asks the visitor for something.
  "Notification",
  "PushManager",
  "PushSubscription",
  "BackgroundFetchManager",
  "SyncManager",
  "PeriodicSyncManager",
  "permissions",
  "Permissions",
  "usb",
  "hid",
  "serial",
  "bluetooth",
  "gpu",
  "mediaCapabilities",
  "MediaCapabilities",
  "wakeLock",
  "WakeLock",
];

/** Beginnings of the names of interfaces. */
export const RESTRICTED_PREFIXES: readonly string[] = [
  "XMLHttpRequest",
  "WebSocket",
  "WebTransport",
  "RTC",
  "webkitRTC",
  "ServiceWorker",
  "IDB",
  "Cache",
  "CookieStore",
  "FileSystem",
  "USB",
  "HID",
  "Serial",
  "Bluetooth",
  "GPU",
];

/**
 * Deletes them wherever they are inherited from, so that no prototype still has them.
 *
 * @throws TypeError where one cannot be deleted
 */
export function removeRestrictedGlobals(scope: object): void {
  const places = [...chain(scope), ...chain((scope as { navigator?: object }).navigator ?? {})];
  for (const place of places) {
    for (const name of Object.getOwnPropertyNames(place)) {
      if (isRestricted(name)) delete (place as Record<string, unknown>)[name];
    }
  }
}

function isRestricted(name: string): boolean {
  return RESTRICTED_GLOBALS.includes(name) || RESTRICTED_PREFIXES.some((family) => name.startsWith(family));
}

/** An object and its prototypes, without those that every object has. */
function chain(object: object): object[] {
  const found: object[] = [];
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    found.push(at);
  return found;
}

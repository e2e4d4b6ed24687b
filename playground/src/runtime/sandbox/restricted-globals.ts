/**
 * Removes the worker's globals that reach outside the worker. The frame's policy already forbids all connections. This is a
 * second barrier, in case a browser does not apply the policy to every kind of connection.
 */

/** Globals, and members of `navigator`. Not every browser has all of them. */
export const RESTRICTED_GLOBALS: readonly string[] = [
  // Other workers, which would have all these globals.
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
  // Communication with other pages in this browser.
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
  // Devices and permission prompts.
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

/** Prefixes of interface names. */
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
 * Delete the restricted globals from the scope, from its navigator and from the prototypes of both.
 *
 * @throws TypeError if a restricted global cannot be deleted
 */
export function removeRestrictedGlobals(scope: object): void {
  const owners = [...prototypeChain(scope), ...prototypeChain((scope as { navigator?: object }).navigator ?? {})];
  for (const owner of owners) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (isRestricted(name)) delete (owner as Record<string, unknown>)[name];
    }
  }
}

function isRestricted(name: string): boolean {
  return RESTRICTED_GLOBALS.includes(name) || RESTRICTED_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** Return an object and its prototypes, without `Object.prototype`. */
function prototypeChain(object: object): object[] {
  const found: object[] = [];
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    found.push(at);
  return found;
}

// Looks for anything that reaches outside the worker: by name, on each prototype, and through the constructors of the remaining
// objects. `found` lists the globals and where they were found.
self.found = [];

const NAMES = [
  "Worker", "SharedWorker", "importScripts", "fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "EventSource",
  "WebTransport", "RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "FontFace", "BroadcastChannel",
  "postMessage", "indexedDB", "caches", "CacheStorage", "cookieStore", "Notification", "PushManager",
];
const OF_THE_NAVIGATOR = ["sendBeacon", "serviceWorker", "storage", "storageBuckets", "locks", "permissions", "usb", "hid", "serial", "gpu"];

function look(object, names, called) {
  for (let at = object; at; at = Object.getPrototypeOf(at)) {
    for (const name of names) if (Object.hasOwn(at, name)) self.found.push(`${called}: ${name}`);
  }
}

look(self, NAMES, "self");
look(globalThis, NAMES, "globalThis");
look(new Function("return this")(), NAMES, "Function");
look((0, eval)("this"), NAMES, "eval");
look(async () => {}, NAMES, "function");
look(self.constructor.prototype, NAMES, "constructor");
look(Object.getPrototypeOf(self.constructor).prototype, NAMES, "constructor of the constructor");
look(self.navigator, OF_THE_NAVIGATOR, "navigator");
look(self.navigator.constructor.prototype, OF_THE_NAVIGATOR, "constructor of the navigator");
for (const name of NAMES) {
  try {
    if (typeof (0, eval)(name) !== "undefined") self.found.push(`by name: ${name}`);
  } catch {}
}
// Remaining globals with similar names.
for (let at = self; at; at = Object.getPrototypeOf(at)) {
  for (const name of Object.getOwnPropertyNames(at)) {
    if (/socket|worker$|^rtc|^webkitrtc|transport|eventsource|broadcast|xmlhttp|beacon|^cache|idb|indexeddb|cookie/i.test(name)) self.found.push(`left: ${name}`);
  }
}

// Every way to reach the network from a worker's JavaScript. Each URL ends with the name of the attempt.
// The loader sets `OUTSIDE`, the address. `tried` holds the result of each attempt.
self.tried = {};

const inWorker = (code) => new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));

const ATTEMPTS = {
  fetch: (to) => fetch(to),
  "fetch-no-cors": (to) => fetch(to, { mode: "no-cors", keepalive: true }),
  xhr: (to) => {
    const request = new XMLHttpRequest();
    request.open("GET", to, false);
    request.send();
  },
  websocket: (to) => new WebSocket(to.replace("http:", "ws:")),
  eventsource: (to) => new EventSource(to),
  importscripts: (to) => importScripts(to),
  import: (to) => import(to),
  worker: (to) => new Worker(to),
  "module-worker": (to) => new Worker(to, { type: "module" }),
  "nested-fetch": (to) => inWorker(`fetch("${to}")`),
  "nested-importscripts": (to) => inWorker(`importScripts("${to}")`),
  "nested-xhr": (to) => inWorker(`const r = new XMLHttpRequest(); r.open("GET", "${to}", false); r.send()`),
  cache: async (to) => (await caches.open("stolen")).add(to),
  font: (to) => new FontFace("stolen", `url(${to})`).load(),
};

for (const [name, attempt] of Object.entries(ATTEMPTS)) {
  try {
    const begun = attempt(`${OUTSIDE}${name}`);
    self.tried[name] = "begun";
    if (begun instanceof Promise) {
      begun.then(
        () => {
          self.tried[name] = "reached";
        },
        (refusal) => {
          self.tried[name] = String(refusal);
        },
      );
    }
  } catch (refusal) {
    self.tried[name] = String(refusal);
  }
}

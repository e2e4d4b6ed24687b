// Every way in which a document can navigate itself or another document. A worker should have none of them. Each URL ends
// with the name of the attempt. The loader sets `OUTSIDE`, the address, and `ONLY`, the attempt to make (null for all). `tried`
// holds the result of each attempt.
self.tried = {};

const element = (name, properties) => {
  const made = Object.assign(document.createElement(name), properties);
  document.documentElement.append(made);
  return made;
};

const ATTEMPTS = {
  location: (to) => {
    location.href = to;
  },
  assigned: (to) => location.assign(to),
  replaced: (to) => location.replace(to),
  parent: (to) => {
    parent.location = to;
  },
  top: (to) => {
    top.location = to;
  },
  navigation: (to) => navigation.navigate(to),
  window: (to) => open(to),
  frame: (to) => element("iframe", { src: to }),
  link: (to) => element("a", { href: to }).click(),
  form: (to) => element("form", { action: to }).submit(),
  refresh: (to) => element("meta", { httpEquiv: "refresh", content: `0; url=${to}` }),
  beacon: (to) => navigator.sendBeacon(to),
  "service-worker": (to) => navigator.serviceWorker.register(to),
  "shared-worker": (to) => new SharedWorker(to),
};

for (const [name, attempt] of Object.entries(ATTEMPTS)) {
  if (ONLY !== null && ONLY !== name) continue;
  try {
    attempt(`${OUTSIDE}${name}`);
    self.tried[name] = "begun";
  } catch (refusal) {
    self.tried[name] = String(refusal);
  }
}

// The document that started this worker can navigate, so ask it in various ways.
if (ONLY === null) {
  for (const words of [
    { location: `${OUTSIDE}asked` },
    { type: "navigate", url: `${OUTSIDE}asked` },
    `location.href = "${OUTSIDE}asked"`,
    `<meta http-equiv="refresh" content="0; url=${OUTSIDE}asked">`,
  ]) {
    self.postMessage?.(words);
    self.postMessage?.(words, [new MessageChannel().port1]);
  }
  setTimeout(() => {
    throw new Error(`<meta http-equiv="refresh" content="0; url=${OUTSIDE}thrown">`);
  }, 0);
}

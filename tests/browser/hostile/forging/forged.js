// Replaces the worker's port to forge all text that is sent to the page. All replies have a valid shape, so they are shown;
// a page that treated any of them as more than text would request `owned` or show a dialog.
const MARKUP = '<img src="owned" onerror="owned=1"><svg onload="owned=1"></svg><script>alert(3)</script>';

// If these values changed, the reply would be invalid, and the page would not show it.
const KEPT = new Set(["kind", "session", "state", "severity", "mime", "stage", "file"]);
const NAMED = new Set(["outputs", "nodes", "tags"]);

function forged(value, key) {
  if (typeof value === "string") return KEPT.has(key) ? value : value + MARKUP;
  if (Array.isArray(value)) return value.map((item) => forged(item, ""));
  if (value === null || typeof value !== "object") return value;
  const named = (name) => (NAMED.has(key) ? name + MARKUP : name);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [named(name), forged(item, name)]));
}

const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message, ...rest) {
  send.call(this, JSON.stringify(forged(JSON.parse(message), "")), ...rest);
};

// Tries to navigate the frame that contains this worker, and the pages above it.
self.postMessage?.({ kind: "navigate", url: "/owned" });

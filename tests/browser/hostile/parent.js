// Takes the place of the worker's own port: every reply to the page is forged on its way, and more are made up.
// A page that believed any of it would run `owned`, ask for `owned`, or show a dialog.
const MARKUP = '<img src="owned" onerror="document.title=\'owned\';alert(\'owned\')"><script>alert("owned")</script>';
const send = MessagePort.prototype.postMessage;

function forged(value, key) {
  if (typeof value === "string") return KEPT.has(key) ? value : value + MARKUP;
  if (Array.isArray(value)) return value.map((item) => forged(item, key));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, forged(item, name)]));
}

// Without these the page drops a reply as none of its own, and the attempt would prove nothing.
const KEPT = new Set(["kind", "session", "state", "severity", "mime", "name", "source", "target", "file", "stage"]);

MessagePort.prototype.postMessage = function (message, ...rest) {
  const reply = JSON.parse(message);
  send.call(this, JSON.stringify(forged(reply, "")), ...rest);
  const about = { id: reply.id, session: reply.session };
  const more = [
    { ...reply, result: { ...reply.result, outputs: { x: { kind: "html", type: "str", html: MARKUP, text: MARKUP } } } },
    { ...about, kind: "preview", node: "total", preview: { kind: "image", type: "x", mime: "text/html", data: MARKUP } },
    { ...about, kind: "navigate", url: "javascript:alert('owned')" },
    { kind: "boot-failed", message: MARKUP },
    { kind: "stage", stage: "ready", done: 1, of: 1, seconds: 0, html: MARKUP },
    MARKUP,
  ];
  for (const made of more) send.call(this, JSON.stringify(made));
  for (const made of [more[0], { html: MARKUP }, null, [], 7]) send.call(this, made);
  // The frame that holds this worker, and whatever is above it.
  self.postMessage({ kind: "navigate", url: "/owned" });
};

// Replaces the worker's port, and sends the page replies that it never requested, in every shape.
const MARKUP = '<img src="owned" onerror="alert(1)">';
const send = MessagePort.prototype.postMessage;

MessagePort.prototype.postMessage = function (message) {
  const { id, session } = JSON.parse(message);
  const about = { id, session };
  const made = [
    { ...about, kind: "result", result: { outputs: { x: { kind: "html", type: "str", html: MARKUP } } } },
    { ...about, kind: "preview", node: "total", preview: { kind: "image", type: "x", mime: "text/html", data: MARKUP } },
    { ...about, kind: "navigate", url: "javascript:alert(1)" },
    { ...about, kind: "graph", __proto__: { polluted: true }, graph: { nodes: [], edges: [], problems: MARKUP } },
    MARKUP,
  ];
  for (const one of made) send.call(this, JSON.stringify(one));
  for (const one of [made[0], { html: MARKUP }, null, [], 7]) send.call(this, one);
};

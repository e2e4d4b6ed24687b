// Tries to have the page lay out and draw more than it can: a graph of 20,000 nodes in which each depends on five others.
const NODE = { name: "price", kind: "function", type: "int", doc: "", tags: {}, function: "price", module: "parent", file: "parent.py", line: 1, end: 2, output: true };
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result" || reply.kind === "graph") {
    const names = Array.from({ length: 20_000 }, (_, at) => `n${at}`);
    const nodes = names.map((name) => ({ ...NODE, name }));
    const edges = names.flatMap((target, at) => [1, 7, 77, 777, 7_777].map((step) => ({ source: names[(at + step) % 20_000], target, optional: false })));
    (reply.result ?? reply).graph = { nodes, edges, problems: [] };
  }
  send.call(this, JSON.stringify(reply));
};

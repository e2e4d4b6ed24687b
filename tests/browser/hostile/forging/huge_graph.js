// Tries to have the page lay out and draw more than it can: a graph of 20,000 nodes in which each reads five others.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result" || reply.kind === "graph") {
    const graph = reply.graph ?? reply.result.graph;
    const [node] = graph.nodes;
    const names = Array.from({ length: 20_000 }, (_, at) => `n${at}`);
    graph.nodes = names.map((name) => ({ ...node, name }));
    graph.edges = names.flatMap((target, at) => [1, 7, 77, 777, 7_777].map((step) => ({ source: names[(at + step) % 20_000], target, optional: false })));
  }
  send.call(this, JSON.stringify(reply));
};

// Tries to have the page apply impossible changes: to a graph that it does not have, with nodes that do not
// exist, and with the same node thousands of times.
const NODE = { name: "price", kind: "function", type: "int", doc: "", tags: {}, function: "price", module: "parent", file: "parent.py", line: 1, end: 2, output: true };
const CHANGES = [
  { since: 1e15, nodes: [NODE], order: null, edges: null, problems: [] },
  { since: 1, nodes: [], order: ["__proto__", "constructor", "not there"], edges: null, problems: [] },
  { since: 2, nodes: [NODE], order: Array(20_000).fill("price"), edges: [], problems: [] },
  { since: 3, nodes: Array(20_000).fill(NODE), order: [], edges: null, problems: [] },
  { since: "1", nodes: null, order: {}, edges: "all", problems: [] },
];
let sent = 0;
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result" || reply.kind === "graph") {
    const { since } = (reply.result ?? reply).graph;
    const change = CHANGES[sent++ % CHANGES.length];
    (reply.result ?? reply).graph = { ...change, since: change.since === 2 ? (since ?? 2) : change.since };
  }
  send.call(this, JSON.stringify(reply));
};

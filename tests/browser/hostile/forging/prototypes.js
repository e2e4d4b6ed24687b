// Tries to change the prototype of all objects by means of keys that careless code treats specially.
const NODE = { name: "price", kind: "function", type: "int", doc: "", tags: {}, function: "price", module: "parent", file: "parent.py", line: 1, end: 2, output: true };
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result") {
    const { nodes, outputs } = reply.result;
    reply.result.graph = { nodes: [], edges: [], problems: [] };
    const { graph } = reply.result;
    for (const name of ["__proto__", "constructor", "prototype", "toString"]) {
      for (const [record, value] of [
        [nodes, { state: "succeeded", polluted: true }],
        [outputs, { kind: "scalar", type: "polluted", text: "polluted", polluted: true }],
      ]) {
        Object.defineProperty(record, name, { value, enumerable: true });
      }
      graph.nodes.push({ ...NODE, name, file: "__proto__", tags: JSON.parse('{"__proto__": "polluted"}') });
      graph.edges.push({ source: name, target: "constructor", optional: false });
    }
  }
  const text = JSON.stringify(reply).replace('"kind":', '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"kind":');
  send.call(this, text);
};

// Tries to have the page draw more than it can: thousands of outputs, prints and nodes, and a thousand problems, all valid.
const NODE = { name: "price", kind: "function", type: "int", doc: "", tags: {}, function: "price", module: "parent", file: "parent.py", line: 1, end: 2, output: true };
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result") {
    const { result } = reply;
    result.graph = { nodes: [NODE], edges: [], problems: [] };
    for (let count = 0; count < 20_000; count++) {
      const name = `made_up_${count}`;
      result.nodes[name] = { state: "succeeded", seconds: 0, prints: "printed" };
      result.outputs[name] = { kind: "scalar", type: "int", text: "1" };
      result.graph.nodes.push({ ...NODE, name });
      result.graph.edges.push({ source: NODE.name, target: name, optional: false });
      if (count < 1_000) result.problems.push({ kind: "Made", severity: "warning", message: "up", file: "parent.py", line: count, column: 1, node: name, frames: [] });
    }
  }
  send.call(this, JSON.stringify(reply));
};

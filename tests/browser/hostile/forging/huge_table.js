// Tries to have the page draw more than it can: a table of a million cells.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result") {
    const rows = Array(10_000).fill(Array(100).fill("x"));
    const columns = Array(100).fill({ name: "x", dtype: "x" });
    reply.result.outputs.total = { kind: "table", type: "x", columns, indexes: 0, rows, shape: [10_000, 100] };
  }
  send.call(this, JSON.stringify(reply));
};

// Tries to have the page draw more than it can: thousands of outputs, each a table of the maximum size.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result") {
    const rows = Array(100).fill(Array(100).fill("x".repeat(10)));
    const columns = Array(100).fill({ name: "x", dtype: "x" });
    const table = { kind: "table", type: "x", columns, indexes: 0, rows, shape: [100, 100] };
    for (let count = 0; count < 100; count++) reply.result.outputs[`made_up_${count}`] = table;
  }
  send.call(this, JSON.stringify(reply));
};

// Tries to have the page draw more than it can: the maximum number of problems, each with the maximum number of long frames.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result" || reply.kind === "graph") {
    const frames = Array(50).fill({ file: "parent.py", line: 1, function: "f", code: "f()" });
    const problem = { kind: "Made", severity: "error", message: "up\n".repeat(1_000), file: "parent.py", line: 1, column: 1, node: "total", frames };
    (reply.result ?? reply.graph).problems = Array(2_000).fill(problem);
  }
  send.call(this, JSON.stringify(reply));
};

// Tries to have the page draw more than it can: 15 problems, each with a traceback of 45,000 lines.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result") {
    const frames = Array.from({ length: 45_000 }, (_, line) => ({ file: "parent.py", line, function: "f", code: "f()" }));
    const problem = { kind: "Made", severity: "error", message: "up", file: "parent.py", line: 1, column: 1, node: "total", frames };
    reply.result.problems = Array(15).fill(problem);
  }
  send.call(this, JSON.stringify(reply));
};

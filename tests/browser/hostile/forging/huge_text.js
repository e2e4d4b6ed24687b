// Tries to have the page draw more than it can: thirty megabytes of text, as the value of an output.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result") {
    reply.result.outputs.total = { kind: "text", type: "str", text: "x\n".repeat(7_000_000), truncated: false };
  }
  send.call(this, JSON.stringify(reply));
};

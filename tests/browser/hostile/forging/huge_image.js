// Tries to have the page decode more than it can: images that claim to be 50,000 pixels wide and high.
const send = MessagePort.prototype.postMessage;
const bytes = [137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 195, 80, 0, 0, 195, 80, 8, 6, 0, 0, 0, 0, 0, 0, 0];
const data = btoa(String.fromCharCode(...bytes)) + "A".repeat(4_000_000);
MessagePort.prototype.postMessage = function (message) {
  const reply = JSON.parse(message);
  if (reply.kind === "result") {
    for (const name of ["total", "a", "b", "c", "d"]) reply.result.outputs[name] = { kind: "image", type: "x", mime: "image/png", data };
  }
  send.call(this, JSON.stringify(reply));
};

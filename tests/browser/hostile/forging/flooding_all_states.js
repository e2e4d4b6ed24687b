// Tries to keep the page busy before the result: it sends as many node states as allowed, with the longest names.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const { id, session, kind } = JSON.parse(message);
  if (kind === "result") {
    for (let count = 0; count < 40_000; count++) {
      send.call(this, JSON.stringify({ id, session, kind: "state", node: `${count}${"x".repeat(1_000)}`, state: "running" }));
    }
  }
  send.call(this, message);
};

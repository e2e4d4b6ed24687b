// Tries to keep the page busy with new nodes in each state, as many and as long as allowed, before the result.
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

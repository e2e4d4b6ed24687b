// Tries to keep the page busy endlessly with as many messages as it accepts, long after the run.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  send.call(this, message);
  const { id, session } = JSON.parse(message);
  setInterval(() => {
    for (let count = 0; count < 200; count++) {
      send.call(this, JSON.stringify({ kind: "state", id, session, node: "total", state: count % 2 ? "running" : "succeeded" }));
    }
  }, 10);
};

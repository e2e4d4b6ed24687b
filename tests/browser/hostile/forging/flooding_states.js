// Tries to keep the page busy with valid states of the current run.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  const { id, session } = JSON.parse(message);
  for (let count = 0; ; count++) {
    const node = count % 2 ? "total" : `made_up_${count}`;
    send.call(this, JSON.stringify({ kind: "state", id, session, node, state: count % 4 < 2 ? "running" : "queued" }));
  }
};

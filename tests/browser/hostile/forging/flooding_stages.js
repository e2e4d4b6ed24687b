// Tries to keep the page busy endlessly with startup stages, fewer per second than the page's limit.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (message) {
  send.call(this, message);
  const stages = ["fetch", "core", "ready", "complete"].map((stage) => JSON.stringify({ kind: "stage", stage, seconds: 1 }));
  setInterval(() => {
    for (let count = 0; count < 190; count++) send.call(this, stages[count % 4]);
  }, 10);
};

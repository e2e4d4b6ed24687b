// Tries to keep the page busy with messages other than text: a huge object has to be built before it can be inspected.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function () {
  const parts = Array.from({ length: 1_000_000 }, (_, at) => ({ [`k${at}`]: at }));
  for (let count = 0; count < 10; count++) send.call(this, { kind: "result", parts });
};

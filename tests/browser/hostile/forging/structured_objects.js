// Tries to keep the page busy with messages that are no texts: an object of very many parts has to be built before it is seen.
const send = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function () {
  const parts = Array.from({ length: 1_000_000 }, (_, at) => ({ [`k${at}`]: at }));
  for (let count = 0; count < 10; count++) send.call(this, { kind: "result", parts });
};
